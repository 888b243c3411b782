import { randomUUID } from 'node:crypto'
import type { JobResult } from '../../shared/backup-results.ts'
import type { Job, JobKind, JobStep, JobsView } from '../../shared/jobs.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'

/** What the work of a job sees of it. */
export interface JobHandle {
  /** Aborted on `cancel`, while `cancellable`; the work then ends with JOB_CANCELLED. */
  readonly signal: AbortSignal
  /** Bytes so far and in all of this step. */
  at(place: { step: JobStep; done: number; total: number | null }): void
  /** From `false` on the work must come to its own end; a cancel before it still counts. */
  setCancellable(isCancellable: boolean): void
}

export type JobEnd = { readonly ok: true; readonly result: JobResult } | ({ readonly ok: false } & Problem)

export interface JobOrder {
  readonly kind: JobKind
  readonly scheduled: boolean
  /** A rejection is a fault of ours, and shown as one. */
  work(job: JobHandle): Promise<JobEnd>
  /** Called once with the job as it ended, before anybody is told. */
  ended?(job: Job): void
}

const keptEnded = 20
/** Nobody reads a progress bar faster. */
const progressEveryMs = 100

/**
 * The long work of this host, one at a time: they share the same files. Every surface sees the same board.
 */
export class JobBoard {
  readonly #clock: Clock
  readonly #changed: (view: JobsView) => void
  #view: JobsView = { revision: 1, jobs: [] }
  #running: { readonly id: string; readonly abort: AbortController; readonly end: Promise<void> } | null =
    null
  #cancelTold: (() => void) | null = null
  #isClosed = false

  constructor(clock: Clock, changed: (view: JobsView) => void) {
    this.#clock = clock
    this.#changed = changed
  }

  get view(): JobsView {
    return this.#view
  }

  get isBusy(): boolean {
    return this.#running !== null
  }

  /** Begins the work and returns the job's id. Throws JOB_BUSY while another runs. */
  start({ kind, scheduled, work, ended }: JobOrder): string {
    const other = this.#view.jobs.find(({ state }) => state === 'running')
    if (other) throw new ProblemError(problem('JOB_BUSY', { kind: other.kind }))
    if (this.#isClosed) throw new ProblemError(problem('HOST_LEAVING', { pid: process.pid }))
    const id = randomUUID()
    const abort = new AbortController()
    const job: Job = {
      id,
      kind,
      state: 'running',
      step: 'waiting',
      done: 0,
      total: null,
      cancellable: true,
      startedAt: this.#clock.now().wall,
      endedAt: null,
      scheduled,
      problem: null,
      result: null,
    }
    this.#show([job, ...this.#view.jobs])
    const handle: JobHandle = {
      signal: abort.signal,
      at: ({ step, done, total }) => this.#progress(id, step, done, total),
      setCancellable: (cancellable) => this.#update(id, { cancellable }),
    }
    const end = Promise.resolve()
      .then(() => work(handle))
      .catch((error: unknown): JobEnd => {
        if (error instanceof ProblemError) return { ok: false, ...error.problem }
        const detail = error instanceof Error ? error.message : String(error)
        return { ok: false, ...problem('INTERNAL', { detail }) }
      })
      .then((outcome) => this.#end(id, outcome, ended))
    this.#running = { id, abort, end }
    return id
  }

  /** Asks a running job to end; one that has ended, or cannot be cancelled now, goes its way. */
  cancel(id: string): JobsView {
    const job = this.#view.jobs.find((one) => one.id === id)
    if (this.#running?.id === id && job?.cancellable) this.#running.abort.abort()
    return this.#view
  }

  /** Cancels what runs and waits for its end; nothing is begun from then on. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#running?.abort.abort()
    await this.#running?.end
    this.#cancelTold?.()
  }

  #end(id: string, outcome: JobEnd, ended: JobOrder['ended']): void {
    this.#running = null
    const isCancelled = !outcome.ok && outcome.code === 'JOB_CANCELLED'
    const end: Partial<Job> = outcome.ok
      ? { state: 'done', result: outcome.result }
      : isCancelled
        ? { state: 'cancelled' }
        : { state: 'failed', problem: { code: outcome.code, params: outcome.params } as Problem }
    const jobs = this.#view.jobs.map((job) =>
      job.id === id ? { ...job, ...end, cancellable: false, endedAt: this.#clock.now().wall } : job,
    )
    const job = jobs.find((one) => one.id === id)
    if (job) ended?.(job)
    this.#show(jobs)
  }

  #progress(id: string, step: JobStep, done: number, total: number | null): void {
    const job = this.#view.jobs.find((one) => one.id === id)
    if (job?.state !== 'running') return
    const isNewStep = job.step !== step
    const next = { step, done: isNewStep ? done : Math.max(done, job.done), total }
    const jobs = this.#view.jobs.map((one) => (one.id === id ? { ...one, ...next } : one))
    if (isNewStep) return this.#show(jobs)
    // Seen by who asks; told to who listens with the next tick.
    this.#view = { ...this.#view, jobs }
    this.#cancelTold ??= this.#clock.after(progressEveryMs, () => this.#show(this.#view.jobs))
  }

  #update(id: string, change: Partial<Job>): void {
    this.#show(this.#view.jobs.map((job) => (job.id === id ? { ...job, ...change } : job)))
  }

  #show(jobs: readonly Job[]): void {
    this.#cancelTold?.()
    this.#cancelTold = null
    const running = jobs.filter(({ state }) => state === 'running')
    const ended = jobs.filter(({ state }) => state !== 'running').slice(0, keptEnded)
    this.#view = { revision: this.#view.revision + 1, jobs: [...running, ...ended] }
    this.#changed(this.#view)
  }
}
