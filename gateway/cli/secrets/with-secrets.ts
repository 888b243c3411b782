import type { CallArgs, CallResult, HostCall } from '../../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../../shared/host-client.ts'
import { problem } from '../../../shared/problem.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { failWith } from '../tell.ts'
import { readHidden } from './read-hidden.ts'

type SecretsCall = Extract<HostCall, `secrets.${string}`>

/**
 * Asks the running host, or one of our own where none runs, and says the answer; resolves to the exit code.
 * A keychain that is silent is told about on stderr while the call goes on, and a sealed file that is locked
 * is opened first where somebody is there to type its passphrase.
 */
export async function withSecrets<C extends SecretsCall>(
  call: C,
  args: CallArgs<C>,
  isJson: boolean,
  say: (value: CallResult<C>, client: HostClient) => number | Promise<number>,
): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  const { host } = reached
  const stopWatching = host.on('secrets.changed', ({ store }) => {
    if (store.state === 'waiting' && store.problem) process.stderr.write(`${problemText(store.problem)}\n`)
  })
  try {
    let outcome: CallOutcome<C> = await host.call(call, ...args)
    if (isSealed(outcome) && (await unlock(host))) {
      outcome = await host.call(call, ...args)
    }
    return outcome.ok ? await say(outcome.value, host) : failWith(outcome, isJson)
  } finally {
    stopWatching()
    await reached.close()
  }
}

/** Refused because of it, or answered that everything in it is out of reach. */
function isSealed(outcome: CallOutcome<SecretsCall>): boolean {
  if (!outcome.ok) return outcome.code === 'SEALED_FILE_LOCKED'
  const { kind, state } = outcome.value.store
  return 'findings' in outcome.value && kind === 'sealedFile' && state === 'locked'
}

/** Up to three tries, as everywhere a passphrase is asked for. */
async function unlock(host: HostClient): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) {
    const passphrase = await readHidden('Passphrase of the sealed file: ')
    if (!passphrase) return false
    const unlocked = await host.call('secrets.unlock', { passphrase })
    if (unlocked.ok) return true
    process.stderr.write(`${problemText(problem(unlocked.code, unlocked.params))}\n`)
    if (unlocked.code !== 'SEALED_FILE_WRONG_PASSPHRASE') return false
  }
  return false
}
