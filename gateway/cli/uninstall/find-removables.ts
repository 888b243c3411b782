import { findBackups } from './find-backups.ts'
import { findCommandLine } from './find-command-line.ts'
import { findCopies, findHostData } from './find-host-data.ts'
import { findLogs } from './find-logs.ts'
import { findSecrets } from './find-secrets.ts'
import { findLoginItem, findService } from './find-startup.ts'
import { findState } from './find-state.ts'
import type { Removable, UninstallGround } from './removable.ts'

/**
 * In the order in which it goes: first what could start something again, then what could not be had again, and last
 * what this command itself may run from. A profile has no share in what is set up once for all of them.
 */
export async function findRemovables(ground: UninstallGround): Promise<Removable[]> {
  const shared = ground.env.CLAWDBOT_PROFILE ? [findService] : [findLoginItem, findService, findCommandLine]
  const finders = [...shared, findLogs, findHostData, findSecrets, findBackups, findState, findCopies]
  const found = await Promise.all(finders.map((find) => find(ground)))
  return found.flat()
}
