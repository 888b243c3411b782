/**
 * A process is named by pid **and** start time: pids are given out again. `startTime` is the platform's
 * own text for it, only ever compared for equality with another one from the same boot.
 */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTime: string
}

export interface ProcessDetails extends ProcessIdentity {
  /** Last part of the executable's path, or the kernel's short name where the path is not readable. */
  readonly program: string
  readonly user: string
  /** Wall clock, ms since 1970. */
  readonly startedAt: number
}

export type Listener =
  | { readonly kind: 'process'; readonly process: ProcessDetails }
  /** Something listens, but only its owner may know which process it is. */
  | { readonly kind: 'unknown'; readonly user: string }

/** What the host asks the operating system about processes; one implementation a platform. */
export interface ProcessTable {
  /** Null where there is no such process; a zombie counts as gone. */
  identify(pid: number): ProcessIdentity | null
  describe(pid: number): Promise<ProcessDetails | null>
  /** Resident bytes and CPU time used so far in ms; null where there is no such process. */
  usage(pid: number): Promise<{ rssBytes: number; cpuMs: number } | null>
  /** Whose listening socket answers on 127.0.0.1:`port`; null where none does. */
  findListener(port: number): Promise<Listener | null>
  /** Whether process `pid` itself holds the listening socket of 127.0.0.1:`port`. */
  holdsListener(pid: number, port: number): Promise<boolean>
  /** Processes of this user whose environment has exactly `NAME=value`. */
  findByEnvironment(name: string, value: string): Promise<ProcessIdentity[]>
}

export function isSameProcess(table: Pick<ProcessTable, 'identify'>, identity: ProcessIdentity): boolean {
  return table.identify(identity.pid)?.startTime === identity.startTime
}
