import { secretMaxBytes, secretMinBytes, secretNamePattern } from '../../../shared/secrets.ts'

const controls = /(?![\n\t])\p{Cc}|\p{Cs}/u

/** How the configuration refers to a secret; said as it stands there. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the configuration's own notation
export const reference = '${NAME}'

/** What was typed as a name, as names are written: capitals, and `_` between words. */
export function asName(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]+/g, '_')
}

export function isName(text: string): boolean {
  return secretNamePattern.test(text)
}

/** A single line without the line end that came with the paste; several lines as they are. */
export function asValue(pasted: string): string {
  const text = pasted.replace(/\r\n?/g, '\n')
  return /\n[^\n]/.test(text) ? text : text.replace(/\n+$/, '')
}

/** Why the host would refuse a value; said before it is sent. */
export function valueFault(value: string): 'short' | 'long' | 'character' | null {
  const bytes = new TextEncoder().encode(value).byteLength
  if (bytes < secretMinBytes) return 'short'
  if (bytes > secretMaxBytes) return 'long'
  return controls.test(value) ? 'character' : null
}

/** Keys of the configuration as code in a sentence; that the gateway itself needs its token goes without saying. */
export function keysOf(usedBy: readonly string[]): string {
  const keys = usedBy.filter((key) => key !== 'gateway')
  return (keys.length > 0 ? keys : ['gateway.auth.token']).map((key) => `\`${key}\``).join(', ')
}
