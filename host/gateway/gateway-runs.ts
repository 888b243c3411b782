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
import type { PackageCall } from './package-call.ts'

interface GatewayRunsParts {
  /** Asked at each launch: another program may have been chosen meanwhile. */
  command(): GatewayCommand
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly watchdog: Watchdog
  readonly record: RecordFile<RunRecord>
  /** The record without a gateway. */
  readonly host: Omit<RunRecord, 'gateway'>
  /** What the next gateway is handed. */
  secrets(): Readonly<Record<string, string>>
  /** What the next one is started with besides, if it is a package. */
  packageCall(): PackageCall
  /** Called just before a gateway is started. */
  launching(kind: GatewayCommand['kind']): void
  /** What is wrong with the configuration that a gateway has just refused. */
  explainRefusal(exit: GatewayExit): Promise<Problem>
}

const noCall: PackageCall = { args: [], env: {} }

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
    const { env, table, watchdog, record, host, secrets } = this.#parts
    const marks = { nonce: host.nonce, runId }
    const command = this.#parts.command()
    const call = command.kind === 'package' ? this.#parts.packageCall() : noCall
    this.#parts.launching(command.kind)
    const launched = launchGateway({
      command: { ...command, args: [...command.args, ...call.args] },
      port,
      env: { ...childEnvironment(env, marks), ...call.env },
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
