// biome-ignore-all lint/correctness/useHookAtTopLevel: where secrets are stored is no hook
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

/**
 * Makes one change of the secrets in a folder and is killed at its nth step: before or after each replacing
 * or removing of a file, and after each call of the keychain. Ends with 0 where the change has fewer steps.
 */
const [folder = '', change = '', nth = '0'] = process.argv.slice(2)
let step = 0
let isArmed = false
function pass(): void {
  if (!isArmed) return
  step += 1
  if (step === Number(nth)) process.kill(process.pid, 'SIGKILL')
}

for (const name of ['rename', 'rm'] as const) {
  const real = promises[name] as (...args: unknown[]) => Promise<void>
  Object.assign(promises, {
    [name]: async (...args: unknown[]) => {
      pass()
      await real(...args)
      pass()
    },
  })
}
syncBuiltinESMExports()

const { KeychainStore } = await import('../../../../host/secrets/keychain-store.ts')
for (const name of ['set', 'delete'] as const) {
  const real: (...args: string[]) => Promise<unknown> = KeychainStore.prototype[name] as never
  Object.assign(KeychainStore.prototype, {
    async [name](...args: string[]) {
      const answer = await real.apply(this, args)
      pass()
      return answer
    },
  })
}

const { systemClock } = await import('../../../../host/clock.ts')
const { openSecrets } = await import('../../../../host/secrets/open-secrets.ts')
const stateDir = join(folder, 'state')
const secrets = await openSecrets({
  env: process.env,
  nodePath: process.execPath,
  hostPaths: {
    secretsIndexPath: join(folder, 'host', 'secrets.json'),
    sealedSecretsPath: join(folder, 'host', 'secrets.age'),
    backupKeyPath: join(folder, 'host', 'backup-key.txt'),
  },
  statePaths: { stateDir, configPath: join(stateDir, 'moltbot.json'), envFilePath: join(stateDir, '.env') },
  clock: systemClock,
  changed: () => {},
  note: () => {},
})
await make(change)
await secrets.close()

async function make(asked: string): Promise<void> {
  if (asked === 'toEnvFile' || asked === 'toSealed') {
    await secrets.useStore('keychain')
    await secrets.move('OPENAI_API_KEY')
  }
  if (asked === 'toKeychain') await secrets.useStore('envFile')
  isArmed = true
  if (asked === 'move') await secrets.move('OPENAI_API_KEY')
  if (asked === 'toKeychain') await secrets.useStore('keychain')
  if (asked === 'toEnvFile') await secrets.useStore('envFile')
  if (asked === 'toSealed') await secrets.useStore('sealedFile', 'a passphrase of four words')
  isArmed = false
}
