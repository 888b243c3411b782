import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { systemClock } from '../../host/clock.ts'
import type { StatePaths } from '../../host/config/state-paths.ts'
import { resolveHostPaths } from '../../host/host-paths.ts'
import type { Problem } from '../../shared/problem.ts'

export type OwnSecrets =
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  | ({ readonly ok: false } & Problem)

/**
 * The owner's secrets for a gateway that no host has started, and whom nobody handed any. Where none were
 * ever kept, nothing is loaded and no keychain is asked.
 */
export async function readOwnSecrets(statePaths: StatePaths, env: NodeJS.ProcessEnv): Promise<OwnSecrets> {
  const hostPaths = resolveHostPaths(env, homedir(), process.platform)
  if (!existsSync(hostPaths.secretsIndexPath)) return { ok: true, values: {} }
  const { openSecrets } = await import('../../host/secrets/open-secrets.ts')
  const secrets = await openSecrets({
    env,
    nodePath: process.execPath,
    hostPaths,
    statePaths,
    clock: systemClock,
    changed: () => {},
    note: () => {},
  })
  try {
    return await secrets.readValues()
  } finally {
    await secrets.close()
  }
}
