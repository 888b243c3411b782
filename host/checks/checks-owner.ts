import { homedir } from 'node:os'
import type { BackupsView } from '../../shared/backups.ts'
import type { AuditOrder, ChecksReport, ChecksView, DoctorOrder, Mended } from '../../shared/checks.ts'
import type { ServiceView } from '../../shared/gateway-service.ts'
import type { GatewayHealth, GatewayView } from '../../shared/host-api.ts'
import type { Problem } from '../../shared/problem.ts'
import type { TerminalsView } from '../../shared/terminals.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { HostPaths } from '../host-paths.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import type { Knowledge } from './ground.ts'
import { Reach } from './reach.ts'

export interface ChecksOwnerParts {
  readonly clock: Clock
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly hostPaths: HostPaths
  readonly statePaths: StatePaths
  readonly nodePath: string
  readonly secrets: Knowledge['secrets']
  readonly backups: { readonly view: BackupsView; look(): Promise<BackupsView> }
  readonly service: { look(): Promise<ServiceView> }
  readonly terminals: { readonly view: TerminalsView }
  gatewayView(): GatewayView
  askHealth(): Promise<GatewayHealth>
  changed(view: ChecksView): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

/** For the timeline: which finding, and where. */
export function mendedEvidence({ code, facts }: Mended): Record<string, string | number> {
  return { name: code, ...(facts.path !== undefined && { path: facts.path }) }
}

type Run = { readonly key: string; readonly report: Promise<ChecksReport> }

/** Doctor and audit on request. What does the work is loaded with the first one. */
export class ChecksOwner {
  readonly #parts: ChecksOwnerParts
  /** Keeps what does not answer from being asked again with each run. */
  readonly #reach = new Reach()
  #runs: Run[] = []
  /** Runs follow one another: one that mends must not meet one that looks. */
  #last: Promise<unknown> = Promise.resolve()
  #view: ChecksView = { revision: 0, isRunning: false, doctor: null, audit: null }

  constructor(parts: ChecksOwnerParts) {
    this.#parts = parts
  }

  get view(): ChecksView {
    return this.#view
  }

  doctor({ deep, fix }: DoctorOrder): Promise<ChecksReport> {
    return this.#shared('doctor', deep, fix)
  }

  audit({ deep, fix }: AuditOrder): Promise<ChecksReport> {
    return this.#shared('audit', deep, fix)
  }

  /** Who asks for the same while it runs, or waits, gets the same answer. */
  #shared(kind: ChecksReport['kind'], deep: boolean, fix: boolean): Promise<ChecksReport> {
    const key = `${kind} ${deep} ${fix}`
    const same = this.#runs.find((run) => run.key === key)
    if (same) return same.report
    const report = this.#last.then(() => this.#run(kind, deep, fix))
    this.#last = report.catch(() => {})
    const run = { key, report }
    this.#runs.push(run)
    if (this.#runs.length === 1) this.#become({ isRunning: true })
    const ended = () => {
      this.#runs = this.#runs.filter((one) => one !== run)
      if (this.#runs.length === 0) this.#become({ isRunning: false })
    }
    return report.finally(ended)
  }

  async #run(kind: ChecksReport['kind'], deep: boolean, fix: boolean): Promise<ChecksReport> {
    const [{ runChecks }, { checksOf }] = await Promise.all([
      import('./run-checks.ts'),
      import('./check-lists.ts'),
    ])
    const { clock, note } = this.#parts
    const report = await runChecks(
      {
        ...this.#parts,
        home: homedir(),
        platform: process.platform,
        uid: process.getuid?.() ?? -1,
        reach: this.#reach,
        now: () => clock.now().wall,
        knowledge: this.#knowledge(),
      },
      {
        kind,
        deep,
        fix,
        checks: checksOf(kind, deep),
        mended: (what) => note('troubleMended', null, mendedEvidence(what)),
      },
    )
    this.#become({ [kind]: report })
    return report
  }

  #knowledge(): Knowledge {
    const { askHealth, backups, gatewayView, secrets, service, terminals } = this.#parts
    const reach = this.#reach
    return {
      secrets,
      gateway: gatewayView,
      askHealth,
      async backups() {
        return (await reach.answers(backups.view.folder)) ? backups.look() : backups.view
      },
      service: () => service.look(),
      terminals: () => terminals.view,
    }
  }

  #become(change: Partial<ChecksView>): void {
    this.#view = { ...this.#view, ...change, revision: this.#view.revision + 1 }
    this.#parts.changed(this.#view)
  }
}
