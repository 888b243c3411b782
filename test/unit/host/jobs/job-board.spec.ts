import { describe, expect, it } from 'vitest'
import { JobBoard, type JobEnd, type JobHandle } from '../../../../host/jobs/job-board.ts'
import type { JobsView } from '../../../../shared/jobs.ts'
import { problem } from '../../../../shared/problem.ts'
import { StillClock } from '../../../fixtures/still-clock.ts'

const cancelled: JobEnd = { ok: false, ...problem('JOB_CANCELLED', {}) }
const failed: JobEnd = { ok: false, ...problem('BACKUP_FILE_MISSING', { path: '/x' }) }

function open() {
  const clock = new StillClock()
  const views: JobsView[] = []
  const board = new JobBoard(clock, (view) => views.push(view))
  return { clock, views, board }
}

/** Work that ends when it is told to, or cancelled. */
function work() {
  let end = (_: JobEnd) => {}
  let handle: JobHandle | null = null
  const order = {
    kind: 'backup.verify' as const,
    scheduled: false,
    work: (job: JobHandle) => {
      handle = job
      return new Promise<JobEnd>((resolve) => {
        end = resolve
        job.signal.addEventListener('abort', () => resolve(cancelled))
      })
    },
  }
  return { order, end: (outcome: JobEnd) => end(outcome), handle: () => handle as JobHandle | null }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('a job', () => {
  it('is seen from its begin to its end, with what came of it', async () => {
    const { board, views } = open()
    const { order, end } = work()
    const id = board.start(order)
    expect(board.view.jobs).toMatchObject([{ id, state: 'running', step: 'waiting', cancellable: true }])
    await settle()
    end(failed)
    await settle()
    const problem = { code: 'BACKUP_FILE_MISSING', params: { path: '/x' } }
    expect(board.view.jobs).toMatchObject([{ id, state: 'failed', problem, cancellable: false }])
    const revisions = views.map(({ revision }) => revision)
    expect(revisions).toEqual([...revisions].sort((one, other) => one - other))
  })

  it('is the only one: a second is refused while it runs, and may follow', async () => {
    const { board } = open()
    const first = work()
    board.start(first.order)
    expect(() => board.start(work().order)).toThrow(/JOB_BUSY/)
    await settle()
    first.end(failed)
    await settle()
    expect(() => board.start(work().order)).not.toThrow()
  })

  it('tells of its progress ten times a second at most, of a new step at once', async () => {
    const { board, clock, views } = open()
    const { order, handle } = work()
    board.start(order)
    await settle()
    const before = views.length
    handle()?.at({ step: 'packing', done: 1, total: 100 })
    expect(views).toHaveLength(before + 1)
    for (let done = 2; done <= 50; done += 1) handle()?.at({ step: 'packing', done, total: 100 })
    expect(views).toHaveLength(before + 1)
    clock.pass(100)
    expect(views).toHaveLength(before + 2)
    expect(views.at(-1)?.jobs[0]).toMatchObject({ step: 'packing', done: 50, total: 100 })
    handle()?.at({ step: 'packing', done: 3, total: 100 })
    expect(board.view.jobs[0]?.done, 'a bar never goes back').toBe(50)
  })

  it('is cancelled on request, except where it cannot be', async () => {
    const { board } = open()
    const first = work()
    const id = board.start(first.order)
    await settle()
    first.handle()?.setCancellable(false)
    board.cancel(id)
    expect(first.handle()?.signal.aborted).toBe(false)
    first.handle()?.setCancellable(true)
    board.cancel(id)
    await settle()
    expect(board.view.jobs[0]).toMatchObject({ state: 'cancelled', problem: null })
  })

  it('that breaks is shown as a fault and blocks nothing', async () => {
    const { board } = open()
    const broken = async () => {
      throw new Error('surprise')
    }
    board.start({ kind: 'backup.create', scheduled: true, work: broken })
    await settle()
    expect(board.view.jobs[0]).toMatchObject({ state: 'failed', problem: { code: 'INTERNAL' } })
    expect(board.isBusy).toBe(false)
  })

  it('is waited for at the end, and none begins after it', async () => {
    const { board } = open()
    board.start(work().order)
    await settle()
    await board.close()
    expect(board.view.jobs[0]?.state).toBe('cancelled')
    expect(() => board.start(work().order)).toThrow(/HOST_LEAVING/)
  })

  it('is remembered for a while: the last twenty that ended', async () => {
    const { board } = open()
    for (let count = 0; count < 25; count += 1) {
      board.start({ kind: 'backup.verify', scheduled: false, work: async () => failed })
      await settle()
    }
    expect(board.view.jobs).toHaveLength(20)
  })
})
