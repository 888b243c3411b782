import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import type { SecretStoreKind } from '../../../shared/secrets.ts'
import { readPassphrase } from '../backup/opening-options.ts'
import type { PassphraseOption } from '../commands/secrets.ts'
import { reachHost } from '../reach-host.ts'
import { failWith, sayJson, sayLine, tellUsage } from '../tell.ts'
import { readHidden } from './read-hidden.ts'
import { whereKept } from './secret-words.ts'
import { withSecrets } from './with-secrets.ts'

const places: Readonly<Record<string, SecretStoreKind>> = {
  keychain: 'keychain',
  'sealed-file': 'sealedFile',
  'env-file': 'envFile',
}

/** Chooses where secrets are kept; resolves to the exit code. */
export async function chooseStore(place: string, options: PassphraseOption): Promise<number> {
  const isJson = options.json === true
  const kind = Object.hasOwn(places, place) ? places[place] : undefined
  if (!kind) return wrongUsage('The place is keychain, sealed-file or env-file')
  if (kind !== 'sealedFile' && options.passphraseFile !== undefined) {
    return wrongUsage('--passphrase-file belongs to sealed-file')
  }
  let passphrase: string | null = null
  if (kind === 'sealedFile') {
    const read = await readPassphrase(options.passphraseFile)
    if (!read.ok) return wrongUsage(read.detail)
    passphrase = read.value ?? (await askTwice())
    if (passphrase === null) return failWith(problem('PASSPHRASE_NEEDED', {}), isJson)
  }
  const order = passphrase === null ? { kind } : { kind, passphrase }
  return withSecrets('secrets.useStore', [order], isJson, (view) => {
    if (isJson) sayJson({ ok: true, ...view })
    else sayLine(`From now on, secrets are kept ${whereKept(view.store)}.`)
    return exitCode.done
  })
}

/** Opens the sealed file of the running host; without one there is nothing to be open for. */
export async function unlockSecrets(options: PassphraseOption): Promise<number> {
  const isJson = options.json === true
  const read = await readPassphrase(options.passphraseFile)
  if (!read.ok) return wrongUsage(read.detail)
  const reached = await reachHost()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    const passphrase = read.value ?? (await readHidden('Passphrase of the sealed file: '))
    if (!passphrase) return failWith(problem('PASSPHRASE_NEEDED', {}), isJson)
    const unlocked = await reached.host.call('secrets.unlock', { passphrase })
    if (!unlocked.ok) return failWith(unlocked, isJson)
    if (isJson) sayJson({ ok: true, ...unlocked.value })
    else sayLine('The sealed file is open until Moltbot Desktop ends.')
    return exitCode.done
  } finally {
    reached.host.close()
  }
}

async function askTwice(): Promise<string | null> {
  const first = await readHidden('New passphrase: ')
  if (!first) return null
  const second = await readHidden('The same again: ')
  if (second === first) return first
  process.stderr.write('The two are not the same. Nothing was changed.\n')
  return null
}

function wrongUsage(detail: string): number {
  tellUsage(detail)
  return exitCode.wrongUsage
}
