import { beforeEach, describe, expect, it } from 'vitest'
import { useFollowed } from '../../../../../renderer/features/backups/followed-jobs.ts'
import { restoreStage } from '../../../../../renderer/features/backups/restore-stage.ts'
import { foreignLooks, toldJobs } from '../../../../../renderer/features/backups/told-jobs.ts'
import type { Job } from '../../../../../shared/jobs.ts'
import { problem } from '../../../../../shared/problem.ts'
import { aBackup, aPreview } from '../../../../fixtures/scripted-backups.ts'
import { aJob } from '../../../../fixtures/scripted-jobs.ts'

const preview = aPreview(aBackup(0))
const inspect = (change: Partial<Job>) => aJob({ id: 'i', kind: 'backup.inspect', ...change })
const restore = (change: Partial<Job>) => aJob({ id: 'r', kind: 'backup.restore', ...change })
const looked = inspect({ state: 'done', result: { kind: 'backup.inspect', preview } })
const damaged = problem('BACKUP_DAMAGED', { path: '/b', detail: 'chunk 7' })
const followed = { 'backup.inspect': { id: 'i', file: 'b.age', isGiven: false } }
const both = { ...followed, 'backup.restore': { id: 'r', file: 'b.age', isGiven: false } }

describe('where a restore has come to', () => {
  it.each([
    ['none', [], followed],
    ['none', [looked], {}],
    ['none', [restore({ state: 'done' })], {}],
    ['inspecting', [inspect({})], followed],
    ['inspecting', [inspect({})], {}],
    ['none', [inspect({ state: 'cancelled' })], followed],
    ['unfit', [inspect({ state: 'failed', problem: damaged })], followed],
    ['preview', [looked], followed],
    ['restoring', [restore({}), looked], both],
    ['restoring', [restore({}), looked], {}],
    ['ended', [restore({ state: 'failed', problem: damaged }), looked], both],
    ['ended', [restore({ state: 'cancelled' }), looked], both],
  ] as const)('is %s', (name, jobs, known) =>
    expect(restoreStage({ jobs: [...jobs] }, known).name).toBe(name),
  )
})

it('the page tells the end of what it shows in place, and of nothing else', () => {
  const create = aJob({ id: 'c', kind: 'backup.create', state: 'failed', problem: damaged })
  const verify = aJob({ id: 'v', kind: 'backup.verify', state: 'failed', problem: damaged })
  const jobs = { jobs: [create, verify, looked] }
  expect(toldJobs(jobs, {}, null)).toEqual(new Set())
  const last = { at: 0, problem: damaged, scheduled: true }
  const known = { ...followed, 'backup.verify': { id: 'v', file: 'b.age', isGiven: false } }
  expect(toldJobs(jobs, known, last)).toEqual(new Set(['i', 'c', 'v']))
  expect(toldJobs({ jobs: [{ ...create, state: 'done' as const }] }, known, null)).toEqual(new Set())
})

it('a look that was asked for elsewhere is nobody’s news here', () => {
  expect(foreignLooks({ jobs: [looked] }, {})).toEqual(['i'])
  expect(foreignLooks({ jobs: [looked] }, followed)).toEqual([])
  expect(foreignLooks({ jobs: [inspect({ state: 'failed', problem: damaged })] }, {})).toEqual([])
})

describe('the jobs that a page follows', () => {
  beforeEach(() => useFollowed.setState(useFollowed.getInitialState()))

  it('forget what opens a backup with the restore, and on leaving', () => {
    const { follow, leaveRestore } = useFollowed.getState()
    follow('backup.inspect', { id: 'i', file: '/b' }, { passphrase: 'five words' })
    follow('backup.verify', { id: 'v', file: 'c' }, {})
    expect(useFollowed.getState().opening).toEqual({ passphrase: 'five words' })
    expect(useFollowed.getState().followed['backup.inspect']?.isGiven).toBe(true)
    follow('backup.restore', { id: 'r', file: '/b' }, {})
    expect(useFollowed.getState().opening).toEqual({})
    follow('backup.inspect', { id: 'i2', file: '/c' }, { identity: 'AGE-SECRET-KEY-1' })
    expect(useFollowed.getState().followed['backup.restore']).toBeUndefined()
    leaveRestore()
    expect(useFollowed.getState().opening).toEqual({})
    expect(useFollowed.getState().followed['backup.verify']?.id).toBe('v')
    expect(useFollowed.getState().followed['backup.inspect']).toBeUndefined()
  })
})
