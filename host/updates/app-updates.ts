import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { AppChannel, AppUpdate } from '../../shared/updates.ts'
import { version } from '../../shared/version.ts'
import type { Clock } from '../clock.ts'
import type { JobBoard, JobEnd, JobHandle } from '../jobs/job-board.ts'
import type { AppUpdater } from './app-updater.ts'
import type { UpdatesRecord } from './updates-record.ts'

interface AppUpdatesParts {
  readonly clock: Clock
  readonly app: AppUpdater
  readonly jobs: JobBoard
  readonly found: UpdatesRecord['app']
  changed(): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

/** The application's own update; its states are in `shared/updates.ts`. */
export class AppUpdates {
  readonly #parts: AppUpdatesParts
  #found: UpdatesRecord['app']
  #stage: 'none' | 'downloading' | 'ready' | 'installing' = 'none'
  #installOnQuit = false
  #problem: Problem | null
  /** What was offered in a former run, or on another channel, has to be asked for again before it can be downloaded. */
  #askedFor: { readonly version: string; readonly channel: AppChannel } | null = null
  /** Rises with each change of the channel: an answer about the one before says nothing. */
  #round = 0

  constructor(parts: AppUpdatesParts) {
    this.#parts = parts
    this.#found = parts.found
    const { former } = parts.app
    this.#problem = former
    if (former) parts.note('appUpdateFailed', former, {})
  }

  /** To be kept. */
  get found(): UpdatesRecord['app'] {
    return this.#found
  }

  get due(): readonly (number | null)[] {
    return this.#parts.app.unavailable || this.#stage !== 'none' ? [] : [this.#found.checkedAt]
  }

  get view(): AppUpdate {
    const { unavailable } = this.#parts.app
    const { offer, skipped, checkedAt } = this.#found
    const isTold = offer !== null && (offer.version !== skipped || this.#stage !== 'none')
    return {
      state: unavailable ? 'unavailable' : this.#stage !== 'none' ? this.#stage : isTold ? 'offered' : 'idle',
      current: version,
      offer: !unavailable && isTold ? offer : null,
      skipped,
      installOnQuit: this.#installOnQuit,
      checkedAt,
      problem: unavailable ?? this.#problem,
    }
  }

  /** What is downloaded already stays what it is. */
  async check(channel: AppChannel): Promise<void> {
    const { app, clock } = this.#parts
    if (app.unavailable || this.#stage !== 'none') return
    const round = this.#round
    const checked = await app.check(channel)
    if (this.#stage !== 'none' || this.#round !== round) return
    if (!checked.ok) {
      this.#problem = problemOf(checked)
      return
    }
    this.#problem = null
    this.#askedFor = checked.offer && { version: checked.offer.version, channel }
    this.#found = { ...this.#found, offer: checked.offer, checkedAt: clock.now().wall }
  }

  /** Another channel has other versions. */
  forget(): void {
    this.#round += 1
    if (this.#stage !== 'none') return
    this.#found = { ...this.#found, offer: null, checkedAt: null }
    this.#problem = null
  }

  skip(skipped: string | null): void {
    this.#found = { ...this.#found, skipped }
    this.#parts.changed()
  }

  download(channel: AppChannel): string {
    const { app, jobs } = this.#parts
    if (app.unavailable) throw new ProblemError(app.unavailable)
    const { offer } = this.#found
    if (this.#stage !== 'none') throw new ProblemError(problem('UPDATE_BUSY', { step: this.#stage }))
    if (offer === null) {
      const detail = 'nothing newer was found'
      throw new ProblemError(problem('UPDATE_DOWNLOAD_FAILED', { version, detail }))
    }
    const id = jobs.start({
      kind: 'app.download',
      scheduled: false,
      work: (job) => this.#download(offer.version, channel, job),
      ended: ({ state, problem: failed }) => {
        this.#stage = state === 'done' ? 'ready' : 'none'
        this.#problem = failed
        if (state === 'done') this.#parts.note('appUpdateReady', null, { version: offer.version })
        if (failed) this.#parts.note('appUpdateFailed', failed, { version: offer.version })
        this.#parts.changed()
      },
    })
    this.#stage = 'downloading'
    this.#problem = null
    this.#parts.changed()
    return id
  }

  async install(when: 'now' | 'onQuit' | 'notOnQuit'): Promise<void> {
    const { app, changed, note } = this.#parts
    if (app.unavailable) throw new ProblemError(app.unavailable)
    if (this.#stage !== 'ready') {
      const detail = 'it is not downloaded'
      const offered = this.#found.offer?.version ?? version
      throw new ProblemError(problem('UPDATE_INSTALL_FAILED', { version: offered, detail }))
    }
    if (when !== 'now') {
      this.#installOnQuit = when === 'onQuit'
      app.installOnQuit(this.#installOnQuit)
      return changed()
    }
    this.#stage = 'installing'
    changed()
    const failed = await app.installNow()
    if (!failed) return
    this.#stage = 'ready'
    this.#problem = failed
    note('appUpdateFailed', failed, { version: this.#found.offer?.version ?? version })
    changed()
  }

  async #download(wanted: string, channel: AppChannel, job: JobHandle): Promise<JobEnd> {
    const { app } = this.#parts
    const isAskedFor = () => this.#askedFor?.version === wanted && this.#askedFor.channel === channel
    if (!isAskedFor()) {
      job.at({ step: 'asking', done: 0, total: null })
      const checked = await app.check(channel)
      if (!checked.ok) return checked
      this.#askedFor = checked.offer && { version: checked.offer.version, channel }
      this.#found = { ...this.#found, offer: checked.offer }
    }
    if (!isAskedFor()) {
      const detail = 'it is no longer offered'
      return { ok: false, ...problem('UPDATE_DOWNLOAD_FAILED', { version: wanted, detail }) }
    }
    job.at({ step: 'downloading', done: 0, total: null })
    const progress = (done: number, total: number) => job.at({ step: 'downloading', done, total })
    const downloaded = await app.download(progress, job.signal)
    if (!downloaded.ok) return downloaded
    return { ok: true, result: { kind: 'app.download', version: wanted, bytes: downloaded.bytes } }
  }
}

function problemOf({ code, params }: { readonly ok: false } & Problem): Problem {
  return { code, params } as Problem
}
