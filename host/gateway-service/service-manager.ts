import type { ServiceView } from '../../shared/gateway-service.ts'
import type { Problem } from '../../shared/problem.ts'

/** The gateway's service, as its manager reports it. */
export interface ServiceStatus {
  readonly enabled: boolean | null
  readonly active: ServiceView['active']
  /** Of the service's main process; null while there is none. */
  readonly pid: number | null
  /** How its last process ended, `exit code 78`; null where it has not, or the manager does not say. */
  readonly ended?: string | null
}

export interface Running {
  readonly now: boolean
  readonly withEachSession: boolean
}

/**
 * systemd's user manager or launchd, for the one unit that the manual names, and for one state folder: a
 * unit that runs a gateway on another one counts as `unloaded`. Nothing throws, and all is bounded in time.
 */
export interface ServiceManager {
  readonly kind: 'systemd' | 'launchd'
  readonly unit: string
  /** Where its file is, or would be. */
  readonly path: string
  status(): Promise<({ ok: true } & ServiceStatus) | ({ ok: false } & Problem)>
  /** What `load` would bring back of whatever runs by this name now, also for another state. */
  running(): Promise<Running>
  start(): Promise<Problem | null>
  stop(): Promise<Problem | null>
  restart(): Promise<Problem | null>
  /** The manager reads the file anew, and starts the service now, with each session, or both. */
  load(wanted: Running): Promise<Problem | null>
  /** The service is stopped and no longer started by itself; before its file is removed. */
  unload(): Promise<Problem | null>
  /** The manager takes note that the file is gone. */
  forget(): Promise<Problem | null>
}
