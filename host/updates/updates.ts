import type { GatewayView } from '../../shared/host-api.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { UpdatesChange, UpdatesView } from '../../shared/updates.ts'
import { version } from '../../shared/version.ts'
import type { Supervised } from '../backup/supervised.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { HostPaths } from '../host-paths.ts'
import type { JobBoard } from '../jobs/job-board.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { RecordFile } from '../records/record-file.ts'
import type { AppUpdater } from './app-updater.ts'
import { AppUpdates } from './app-updates.ts'
import type { GatewayPrograms } from './gateway-programs.ts'
import { GatewayUpdates } from './gateway-updates.ts'
import { lookDaily } from './look-daily.ts'
import type { UpdateFigures } from './update-figures.ts'
import { firstUpdatesRecord, type UpdatesRecord, updatesRecordSchema } from './updates-record.ts'

export interface UpdatesParts {
  readonly clock: Clock
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly hostPaths: Pick<HostPaths, 'hostDir' | 'gatewaysDir' | 'updatesPath'>
  readonly statePaths: Pick<StatePaths, 'configPath'>
  readonly nodePath: string
  /** `npm-cli.js` of the npm that came with this program, where it does not lie beside it. */
  readonly npmCliPath?: string
  readonly updateFigures?: UpdateFigures
  readonly jobs: JobBoard
  readonly gateway: Supervised
  gatewayView(): Pick<GatewayView, 'state'>
  readonly programs: GatewayPrograms
  readonly app: AppUpdater
  /** What gateways said that ended since that moment (wall clock, ms). */
  lastLines(since: number): readonly string[]
  changed(view: UpdatesView): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

/** What could be newer, for the application and for the gateway, and the jobs that bring it. */
export class UpdatesOwner {
  readonly #parts: UpdatesParts
  readonly #file: RecordFile<UpdatesRecord>
  readonly #app: AppUpdates
  readonly #gateway: GatewayUpdates
  #record: UpdatesRecord
  #checking: Promise<void> | null = null
  readonly #closed = new AbortController()
  #stopLooking = () => {}
  #view: UpdatesView

  private constructor(parts: UpdatesParts, record: UpdatesRecord) {
    this.#parts = parts
    this.#record = record
    this.#file = new RecordFile(parts.hostPaths.updatesPath, updatesRecordSchema)
    const changed = () => this.#changed()
    this.#app = new AppUpdates({ ...parts, changed, found: record.app })
    this.#gateway = new GatewayUpdates({
      ...parts,
      changed,
      found: record.gateway,
      followed: record.followed,
      closed: this.#closed.signal,
    })
    this.#view = this.#look(1)
  }

  static async open(parts: UpdatesParts): Promise<UpdatesOwner> {
    const read = await new RecordFile(parts.hostPaths.updatesPath, updatesRecordSchema)
      .read()
      .catch(() => ({ kind: 'absent' as const }))
    const { problem: found } = parts.programs
    if (found) {
      const isUndone = found.code === 'GATEWAY_UPDATE_UNDONE'
      parts.note(isUndone ? 'gatewayUpdateUndone' : 'gatewayUpdateFailed', found, {})
    }
    const first = firstUpdatesRecord(version)
    const record = read.kind === 'found' ? read.value : first
    return new UpdatesOwner(
      parts,
      record.appVersion === version ? record : { ...record, appVersion: version, app: first.app },
    )
  }

  get view(): UpdatesView {
    return this.#view
  }

  /** Asks feed and registry; one that is under way is joined. */
  async check(): Promise<UpdatesView> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = null
      this.#changed()
    })
    this.#changed()
    await this.#checking
    return this.#view
  }

  async change({ automatic, channel, followed }: UpdatesChange): Promise<UpdatesView> {
    if (followed !== undefined) this.#gateway.follow(followed)
    if (channel !== undefined && channel !== this.#record.channel) {
      this.#app.forget()
      this.#gateway.forget()
    }
    this.#record = {
      ...this.#record,
      ...(automatic === undefined ? {} : { automatic }),
      ...(channel === undefined ? {} : { channel }),
    }
    this.#changed()
    await this.#keep()
    return this.#view
  }

  async skip(what: 'app' | 'gateway', skipped: string | null): Promise<UpdatesView> {
    if (what === 'app') this.#app.skip(skipped)
    else this.#gateway.skip(skipped)
    await this.#keep()
    return this.#view
  }

  /** Returns the job's id; throws a ProblemError where there is nothing to download. */
  downloadApp(): string {
    return this.#app.download(this.#record.channel)
  }

  async installApp(when: 'now' | 'onQuit' | 'notOnQuit'): Promise<UpdatesView> {
    await this.#app.install(when)
    return this.#view
  }

  /** Returns the job's id. */
  installGateway(wanted: string): string {
    return this.#gateway.install(wanted)
  }

  /** Returns the job's id. */
  useGateway(id: string): string {
    return this.#gateway.use(id)
  }

  async removeGateway(id: string): Promise<UpdatesView> {
    const busy = this.#parts.jobs.view.jobs.find(
      ({ state, kind }) => state === 'running' && kind.startsWith('gateway.'),
    )
    if (busy) throw new ProblemError(problem('UPDATE_BUSY', { step: busy.step }))
    await this.#gateway.remove(id)
    return this.#view
  }

  /** Begins to look by itself. */
  begin(): void {
    if (!this.#parts.jobs.isBusy) void this.#gateway.tidy()
    this.#stopLooking = lookDaily({
      clock: this.#parts.clock,
      random: Math.random,
      checkedAt: () => (this.#record.automatic ? [...this.#app.due, ...this.#gateway.due] : []),
      look: () => this.check(),
    })
  }

  async close(): Promise<void> {
    this.#stopLooking()
    this.#closed.abort()
    await this.#checking?.catch(() => {})
    await this.#gateway.settled()
    await this.#file.write(this.#record).catch(() => {})
  }

  async #check(): Promise<void> {
    const { channel } = this.#record
    await Promise.all([this.#app.check(channel), this.#gateway.check(channel)])
    await this.#keep()
  }

  /** Asked again tomorrow at the worst: a full disk is no reason to fail. */
  async #keep(): Promise<void> {
    this.#record = {
      ...this.#record,
      followed: this.#gateway.followed,
      app: this.#app.found,
      gateway: this.#gateway.found,
    }
    await this.#file.write(this.#record).catch(() => {})
  }

  #changed(): void {
    this.#view = this.#look(this.#view.revision + 1)
    this.#parts.changed(this.#view)
  }

  #look(revision: number): UpdatesView {
    const { automatic, channel } = this.#record
    return {
      revision,
      app: this.#app.view,
      gateway: this.#gateway.view,
      isChecking: this.#checking !== null,
      automatic,
      channel,
    }
  }
}
