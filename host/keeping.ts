import type { HostHandlers } from '../shared/host-api.ts'
import type { Problem } from '../shared/problem.ts'
import type { TimelineKind } from '../shared/timeline.ts'
import { BackupsOwner } from './backup/backups.ts'
import { runSchedule } from './backup/run-schedule.ts'
import type { Supervised } from './backup/supervised.ts'
import type { Clock } from './clock.ts'
import type { StatePaths } from './config/state-paths.ts'
import type { HostPaths } from './host-paths.ts'
import { JobBoard } from './jobs/job-board.ts'
import type { SecretsOwner } from './secrets/secrets.ts'
import type { HostEvents } from './transports/host-events.ts'

interface KeepingParts {
  readonly clock: Clock
  readonly hostPaths: HostPaths
  readonly statePaths: StatePaths
  readonly secrets: SecretsOwner
  readonly gateway: Supervised
  readonly events: HostEvents
  checkConfig(): Promise<Problem | null>
  /** The state is half of two: no gateway may start on it. */
  interrupted(found: Problem): void
  /** No gateway may go on with the former token. */
  tokenRotated(): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

type KeepingCall = Extract<keyof HostHandlers, `secrets.${string}` | `backups.${string}` | `jobs.${string}`>

/** Everything of the host that keeps what the owner must not lose: secrets, backups, and the jobs for them. */
export interface Keeping {
  readonly handlers: Pick<HostHandlers, KeepingCall>
  readonly jobs: JobBoard
  readonly backups: BackupsOwner
  /** Begins with the schedule. */
  begin(): void
  close(): Promise<void>
}

export async function openKeeping(parts: KeepingParts): Promise<Keeping> {
  const { clock, events, secrets } = parts
  const jobs = new JobBoard(clock, (view) => events.emit('jobs.changed', view))
  const backups = await BackupsOwner.open({
    ...parts,
    jobs,
    changed: (view) => events.emit('backups.changed', view),
  })
  let endSchedule = () => {}
  return {
    jobs,
    backups,
    handlers: {
      'secrets.look': () => secrets.look(),
      'secrets.set': ({ name, value }) => secrets.set(name, value),
      'secrets.delete': ({ name }) => secrets.delete(name),
      'secrets.move': ({ name }) => secrets.move(name),
      async 'secrets.rotateToken'() {
        await secrets.rotateToken()
        parts.tokenRotated()
        return secrets.view
      },
      'secrets.check': () => secrets.check(),
      'secrets.useStore': ({ kind, passphrase }) => secrets.useStore(kind, passphrase),
      'secrets.unlock': ({ passphrase }) => secrets.unlock(passphrase),
      'backups.look': () => backups.look(),
      'backups.create': (order) => ({ jobId: backups.create(order) }),
      'backups.verify': (order) => ({ jobId: backups.verify(order) }),
      'backups.inspect': (order) => ({ jobId: backups.inspect(order) }),
      'backups.restore': (order) => ({ jobId: backups.restore(order) }),
      'backups.delete': ({ name }) => backups.delete(name),
      'backups.change': (change) => backups.change(change),
      'backups.useKey': (change) => backups.useKey(change),
      'backups.saveSheet': ({ to }) => backups.saveSheet(to),
      'jobs.cancel': ({ id }) => jobs.cancel(id),
    },
    begin() {
      endSchedule()
      endSchedule = runSchedule({ clock, backups, isBusy: () => jobs.isBusy })
    },
    async close() {
      endSchedule()
      // Together: a job may be waiting for a keychain that never answers.
      await Promise.all([jobs.close(), secrets.close()])
      await backups.settled()
    },
  }
}
