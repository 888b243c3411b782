import type { GatewayView } from '../../shared/host-api.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { AppChannel, GatewayUpdate } from '../../shared/updates.ts'
import type { Supervised } from '../backup/supervised.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { HostPaths } from '../host-paths.ts'
import type { JobBoard, JobEnd, JobHandle } from '../jobs/job-board.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import type { GatewayPrograms } from './gateway-programs.ts'
import { compareVersions, isSameRelease, isVersion } from './gateway-version.ts'
import { isPackageName } from './package-name.ts'
import { type UpdateFigures, updateFigures } from './update-figures.ts'
import type { UpdatesRecord } from './updates-record.ts'

interface GatewayUpdatesParts {
  readonly clock: Clock
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly hostPaths: Pick<HostPaths, 'hostDir' | 'gatewaysDir'>
  readonly statePaths: Pick<StatePaths, 'configPath'>
  readonly nodePath: string
  readonly npmCliPath?: string
  readonly updateFigures?: UpdateFigures
  readonly jobs: JobBoard
  readonly gateway: Supervised
  gatewayView(): Pick<GatewayView, 'state'>
  readonly programs: GatewayPrograms
  /** What gateways said that ended since that moment (wall clock, ms). */
  lastLines(since: number): readonly string[]
  readonly found: UpdatesRecord['gateway']
  readonly followed: string | null
  /** Aborted when the host leaves. */
  readonly closed: AbortSignal
  changed(): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

const nothingFound = { offer: null, skipped: null, checkedAt: null }

/**
 * Gateways from an npm package: what is newer, and the jobs that install and switch. The parts that do the
 * work are loaded when they are first asked for.
 */
export class GatewayUpdates {
  readonly #parts: GatewayUpdatesParts
  #found: UpdatesRecord['gateway']
  #followed: string | null
  /** Rises with each change of what is asked for: an answer about what was before says nothing. */
  #round = 0
  /** Undefined: nothing has been asked for yet, and what the programs say counts. */
  #problem: Problem | null | undefined
  #tidying: Promise<void> = Promise.resolve()
  #work: Promise<unknown> = Promise.resolve()

  constructor(parts: GatewayUpdatesParts) {
    this.#parts = parts
    this.#found = parts.found
    this.#followed = parts.followed
  }

  /** To be kept. */
  get found(): UpdatesRecord['gateway'] {
    return this.#found
  }

  get followed(): string | null {
    return this.#followed
  }

  get due(): readonly (number | null)[] {
    return this.#followed === null ? [] : [this.#found.checkedAt]
  }

  get view(): GatewayUpdate {
    const { programs } = this.#parts
    const { offer, skipped, checkedAt } = this.#found
    const { active, installed } = programs
    const isTold = offer !== null && offer.version !== skipped && this.#isNewer(offer.version)
    return {
      active,
      installed,
      followed: this.#followed,
      offer: isTold ? offer : null,
      skipped,
      checkedAt,
      problem: this.#problem === undefined ? programs.problem : this.#problem,
    }
  }

  follow(name: string | null): void {
    if (name !== null && !isPackageName(name)) {
      throw new ProblemError(problem('GATEWAY_PACKAGE_NAME', { name: name.slice(0, 80) }))
    }
    if (name === this.#followed) return
    this.#followed = name
    this.#round += 1
    this.#found = nothingFound
    this.#problem = null
  }

  /** Another channel has other versions. */
  forget(): void {
    this.#round += 1
    this.#found = { ...this.#found, offer: null, checkedAt: null }
  }

  skip(skipped: string | null): void {
    this.#found = { ...this.#found, skipped }
    this.#parts.changed()
  }

  async check(channel: AppChannel): Promise<void> {
    const name = this.#followed
    if (name === null) return
    const round = this.#round
    const found = await this.#ask(name, channel)
    if (this.#parts.closed.aborted || this.#round !== round) return
    this.#problem = found.problem
    if (found.answered) {
      const checkedAt = this.#parts.clock.now().wall
      this.#found = { ...this.#found, offer: found.offer, checkedAt }
    }
  }

  install(version: string): string {
    const name = this.#followed
    if (name === null) {
      throw new ProblemError(problem('GATEWAY_PACKAGE_NAME', { name: '' }))
    }
    if (!isVersion(version)) throw new ProblemError(problem('GATEWAY_VERSION_UNKNOWN', { name, version }))
    return this.#start('gateway.install', (job) => this.#install(name, version, job))
  }

  use(id: string): string {
    const { installed } = this.#parts.programs
    if (!installed.some((one) => one.id === id)) {
      throw new ProblemError(problem('GATEWAY_NOT_INSTALLED', { id }))
    }
    return this.#start('gateway.switch', (job) => this.#switch('gateway.switch', id, job))
  }

  async remove(id: string): Promise<void> {
    const { programs, hostPaths, changed } = this.#parts
    if (programs.isInUse(id)) throw new ProblemError(problem('GATEWAY_IN_USE', { id }))
    if (!programs.installed.some((one) => one.id === id)) {
      throw new ProblemError(problem('GATEWAY_NOT_INSTALLED', { id }))
    }
    const { removeFolder } = await import('./install-gateway.ts')
    await programs.remove(id)
    const removed = removeFolder(programs.folderOf(id), hostPaths.gatewaysDir)
    this.#work = removed.catch(() => {})
    changed()
    await removed
  }

  /** Removes what a host left that was ended in the middle of an installation. */
  async tidy(): Promise<void> {
    const { removeLeftovers } = await import('./install-gateway.ts')
    this.#tidying = removeLeftovers(this.#parts.hostPaths.gatewaysDir).catch(() => {})
    await this.#tidying
  }

  /** Resolves when nothing is being removed any more. */
  async settled(): Promise<void> {
    await Promise.all([this.#tidying, this.#work])
  }

  #isNewer(version: string): boolean {
    const { active } = this.#parts.programs
    return active.package !== this.#followed || compareVersions(version, active.version) > 0
  }

  async #ask(name: string, channel: AppChannel) {
    const { closed, programs } = this.#parts
    const nothing = { offer: null, problem: null, answered: true }
    const tools = await this.#tools()
    if (!tools.ok) return { ...nothing, problem: tools.problem, answered: false }
    const asked = await tools.askNewest(tools.registry, name, channel, closed)
    if (!asked.ok) return { ...nothing, problem: problemOf(asked), answered: false }
    const { version, publishedAt, bytes, notesUrl } = asked.announced
    const unfit = tools.whyUnfit(tools.registry.npm.npmCliPath, asked.announced, await tools.node())
    if (unfit) return { ...nothing, problem: unfit }
    const { active } = programs
    if (!this.#isNewer(version)) {
      // A tag that lags behind by an edition of the same day says nothing; an older day does.
      const isOlder = compareVersions(version, active.version) < 0 && !isSameRelease(version, active.version)
      const older = { name, current: active.version, offered: version }
      return { ...nothing, problem: isOlder ? problem('GATEWAY_DOWNGRADE', older) : null }
    }
    return { ...nothing, offer: { version, publishedAt, bytes, notes: '', notesUrl } }
  }

  #start(kind: 'gateway.install' | 'gateway.switch', work: (job: JobHandle) => Promise<JobEnd>): string {
    return this.#parts.jobs.start({
      kind,
      scheduled: false,
      work,
      ended: ({ state, problem: failed }) => {
        if (state !== 'cancelled') this.#problem = failed
        if (failed && failed.code !== 'GATEWAY_UPDATE_UNDONE') {
          this.#parts.note('gatewayUpdateFailed', failed, {})
        }
        this.#parts.changed()
      },
    })
  }

  async #install(name: string, version: string, job: JobHandle): Promise<JobEnd> {
    const { clock, programs, note, changed } = this.#parts
    job.at({ step: 'asking', done: 0, total: null })
    const tools = await this.#tools()
    if (!tools.ok) return { ok: false, ...tools.problem }
    // Nothing is downloaded that could not be switched to afterwards.
    const other = await tools.whyNoSwitch(this.#parts)
    if (other) return { ok: false, ...other }
    const { registry } = tools
    const asked = await tools.askVersion(registry, name, version, job.signal)
    if (job.signal.aborted) return { ok: false, ...problem('JOB_CANCELLED', {}) }
    if (!asked.ok) return { ok: false, ...problemOf(asked) }
    const unfit = tools.whyUnfit(registry.npm.npmCliPath, asked.announced, await tools.node())
    if (unfit) return { ok: false, ...unfit }
    await this.#tidying
    const installed = await tools.installGateway(
      { clock, registry, programs, announced: asked.announced },
      job,
    )
    if (!installed.ok) return installed
    note('gatewayInstalled', null, { name, version })
    changed()
    return this.#switch('gateway.install', installed.id, job)
  }

  async #switch(kind: 'gateway.install' | 'gateway.switch', id: string, job: JobHandle): Promise<JobEnd> {
    const { hostPaths, statePaths, updateFigures: figures = updateFigures } = this.#parts
    const { switchGateway } = await import('./switch-gateway.ts')
    const switched = await switchGateway(
      { ...this.#parts, ...statePaths, keepDir: hostPaths.gatewaysDir, figures },
      id,
      job,
    )
    if (!switched.ok) return switched
    const { from, healthy } = switched
    return { ok: true, result: { kind, id, from, healthy } }
  }

  async #tools() {
    const { env, table, nodePath, hostPaths, updateFigures: figures = updateFigures } = this.#parts
    const [asking, installing, switching, { bundledNpm }, { nodeVersion }] = await Promise.all([
      import('./ask-registry.ts'),
      import('./install-gateway.ts'),
      import('./switch-gateway.ts'),
      import('./npm.ts'),
      import('./node-version.ts'),
    ])
    const npmCliPath = this.#parts.npmCliPath ?? bundledNpm()
    if (npmCliPath === null) {
      const detail = 'the npm that belongs to this program is missing'
      return { ok: false as const, problem: problem('REGISTRY_UNREACHABLE', { registry: 'npm', detail }) }
    }
    const npm = { nodePath, npmCliPath, env, table, figures }
    return {
      ok: true as const,
      ...asking,
      ...installing,
      ...switching,
      registry: { npm, workDir: hostPaths.gatewaysDir },
      node: () => nodeVersion(npm),
    }
  }
}

function problemOf({ code, params }: { readonly ok: false } & Problem): Problem {
  return { code, params } as Problem
}
