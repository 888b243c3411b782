import type { BackupFile, BackupsView } from '../../../shared/backups.ts'
import type { ChecksReport } from '../../../shared/checks.ts'
import type { HostInfo } from '../../../shared/host-api.ts'
import type { LogLine } from '../../../shared/log.ts'
import type { LooseFields } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { UpdatesView } from '../../../shared/updates.ts'
import type { StatusService } from '../startup/service-lines.ts'

/** Everything that `status` shows, whoever told it. Times are ms since 1970, sizes bytes; null: not known. */
export interface StatusFacts {
  readonly at: number
  /** Null where none runs; `hostProblem` says why then. */
  readonly host: HostInfo | null
  readonly hostProblem: Problem | null
  readonly gateway: GatewayFacts
  readonly service: StatusService | null
  /** In the form of `channels.status`. */
  readonly channels: LooseFields
  /** In the form of `sessions` of Moltbot's `status`. */
  readonly sessions: LooseFields
  /** What the gateway's own `status` says; empty where it does not answer. */
  readonly told: LooseFields
  readonly agents: AgentsFacts
  readonly config: ConfigFacts
  readonly updates: UpdatesView | null
  readonly backups: BackupFacts | null
  readonly audit: ChecksReport | null
  /** With `--deep` and `--all`. */
  readonly doctor: ChecksReport | null
  /** The gateway's `health` with `--deep`. */
  readonly health: LooseFields | null
  /** With `--usage`; null where no gateway tells of any. */
  readonly usage: LooseFields | null
  readonly log: LogFacts
}

export interface GatewayFacts {
  /** In one or two words, and why. */
  readonly word: string
  readonly reason: string
  readonly reachable: boolean
  readonly latencyMs: number | null
  /** Why it is not reachable. */
  readonly problem: Problem | null
  readonly pid: number | null
  readonly uptimeMs: number | null
  readonly port: number
  readonly version: string | null
  readonly rssBytes: number | null
  readonly cpuPercent: number | null
  readonly runBy: string
  readonly mode: string
}

export interface AgentsFacts {
  readonly defaultId: string
  readonly ids: readonly string[]
}

export interface ConfigFacts {
  readonly path: string
  readonly exists: boolean
  readonly sources: readonly string[]
  readonly problems: readonly Problem[]
  /** What is written there without effect. */
  readonly warnings: number
}

export interface BackupFacts {
  readonly folder: string
  readonly latest: BackupFile | null
  readonly count: number
  readonly schedule: BackupsView['schedule'] | null
}

export interface LogFacts {
  readonly path: string
  readonly lastError: LogLine | null
  /** The newest, oldest first; with `--all` only. */
  readonly tail: readonly LogLine[]
}
