import type { Problem } from '../../shared/problem.ts'
import { childEnvironment, runMark } from '../child/child-environment.ts'
import { endMarked } from '../child/end-marked.ts'
import { type GatewayCommand, launchGateway, refusedConfig } from '../child/launch-gateway.ts'
import type { Watchdog } from '../child/watchdog.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import type { RecordFile } from '../records/record-file.ts'
import type { RunRecord } from '../records/run-record.ts'
import type { GatewayExit } from '../supervisor/state.ts'
import type { LaunchedGateway } from '../supervisor/supervisor.ts'

interface GatewayRunsParts {
  readonly command: GatewayCommand
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly watchdog: Watchdog
  readonly record: RecordFile<RunRecord>
  /** The record without a gateway. */
  readonly host: Omit<RunRecord, 'gateway'>
  /** What the next gateway is handed. */
  secrets(): Readonly<Record<string, string>>
  /** What is wrong with the configuration that a gateway has just refused. */
  explainRefusal(exit: GatewayExit): Promise<Problem>
}

/**
 * Starts gateways so that each can be proved ours: marked in its environment, recorded on disk, its
 * group guarded by the watchdog before anything else happens.
 */
export class GatewayRuns {
  readonly #parts: GatewayRunsParts
  readonly #cleanups = new Set<Promise<unknown>>()

  constructor(parts: GatewayRunsParts) {
    this.#parts = parts
  }

  launch(
    runId: string,
    port: number,
    exited: (exit: GatewayExit, refusal: Problem | null) => void,
  ): LaunchedGateway | Problem {
    const { command, env, table, watchdog, record, host, secrets } = this.#parts
    const marks = { nonce: host.nonce, runId }
    const launched = launchGateway({
      command,
      port,
      env: childEnvironment(env, marks),
      secrets: secrets(),
      exited: (exit) => {
        watchdog.guard(0)
        // What left the group carries the mark all the same. The next run need not wait for it.
        this.#cleanUp(endMarked(table, runMark, `${host.nonce}.${runId}`))
        this.#save(record.write({ ...host, gateway: null }))
        if (!refusedConfig(exit)) return exited(exit, null)
        void this.#parts.explainRefusal(exit).then((refusal) => exited(exit, refusal))
      },
    })
    if ('code' in launched) return launched
    watchdog.guard(launched.pid)
    const identity = table.identify(launched.pid)
    if (identity) this.#save(record.write({ ...host, gateway: { ...identity, port } }))
    return launched
  }

  /** Resolves when nothing that was started is left. */
  async settled(): Promise<void> {
    while (this.#cleanups.size > 0) await Promise.all(this.#cleanups)
  }

  #cleanUp(work: Promise<unknown>): void {
    const done = work.catch(() => {}).finally(() => this.#cleanups.delete(done))
    this.#cleanups.add(done)
  }

  /** The nonce alone finds the processes; a record that a full disk kept from being written costs nothing. */
  #save(writing: Promise<void>): void {
    writing.catch(() => {})
  }
}
