import type { SecretsView } from '../../shared/secrets.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { Clock } from '../clock.ts'
import { referencedSecrets } from '../config/secret-references.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { HostPaths } from '../host-paths.ts'
import { openKeychain } from './keychain.ts'
import { keychainService } from './keychain-service.ts'
import { SecretsOwner } from './secrets.ts'

export interface OpenSecrets {
  readonly env: NodeJS.ProcessEnv
  /** A plain Node, never Electron's. */
  readonly nodePath: string
  readonly hostPaths: Pick<HostPaths, 'secretsIndexPath' | 'sealedSecretsPath' | 'backupKeyPath'>
  readonly statePaths: StatePaths
  readonly clock: Clock
  changed(view: SecretsView): void
  note(kind: TimelineKind, evidence: Record<string, string | number>): void
}

/** The owner's secrets on this machine, for the host, and for a command that runs without one. */
export function openSecrets(parts: OpenSecrets): Promise<SecretsOwner> {
  const { env, nodePath, hostPaths, statePaths, clock, changed, note } = parts
  const service = keychainService(statePaths.stateDir)
  let owner: SecretsOwner | null = null
  const keychain = openKeychain({
    nodePath,
    env,
    clock,
    service,
    waiting: (isWaiting) => owner?.keychainWaits(isWaiting),
  })
  return SecretsOwner.open({
    indexPath: hostPaths.secretsIndexPath,
    sealedPath: hostPaths.sealedSecretsPath,
    keyFilePath: hostPaths.backupKeyPath,
    statePaths,
    env,
    clock,
    keychain,
    references: () => referencedSecrets(statePaths),
    changed,
    note,
  }).then((opened) => {
    owner = opened
    return opened
  })
}
