import type { SecretStoreView, SecretView } from '../../../shared/secrets.ts'

export const restartHint =
  'The running gateway still has the former values. Bring the new ones into force: moltbot service restart'

/** Completes "It is kept …". */
export function whereKept({ kind, title }: SecretStoreView): string {
  switch (kind) {
    case 'keychain':
      return `in the keychain (${title})`
    case 'sealedFile':
      return `in the sealed file ${title}`
    case 'envFile':
      return `in the readable file ${title}`
  }
}

/** One or two words for a table. */
export function sourceWord(source: SecretView['source']): string {
  switch (source) {
    case 'environment':
      return 'environment'
    case 'keychain':
      return 'keychain'
    case 'sealedFile':
      return 'sealed file'
    case 'envFile':
      return '.env'
    case 'config':
      return 'configuration'
    case 'nowhere':
      return 'missing'
  }
}
