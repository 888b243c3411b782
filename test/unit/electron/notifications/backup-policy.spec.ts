import { describe, expect, it } from 'vitest'
import {
  type BackupMemory,
  type BackupStep,
  onBackups,
  onJobs,
  startBackupMemory,
} from '../../../../electron/notifications/backup-policy.ts'
import { noticeText } from '../../../../electron/notifications/notice-text.ts'
import type { BackupsView } from '../../../../shared/backups.ts'
import type { Job, JobsView } from '../../../../shared/jobs.ts'
import { problem } from '../../../../shared/problem.ts'

const missing = problem('BACKUP_FOLDER_MISSING', { path: '/media/stick' })
const full = problem('BACKUP_NO_SPACE', { path: '/media/stick', bytes: 2, limitBytes: 1 })
let ids = 0

function ended(part: Partial<Job>): JobsView {
  ids += 1
  const job: Job = {
    id: String(ids),
    kind: 'backup.create',
    state: 'failed',
    step: 'waiting',
    done: 0,
    total: null,
    cancellable: false,
    startedAt: 0,
    endedAt: 1,
    scheduled: true,
    problem: missing,
    result: null,
    ...part,
  }
  return { revision: ids, jobs: [job] }
}

function told(steps: readonly ((memory: BackupMemory) => BackupStep)[]) {
  let memory = startBackupMemory
  return steps.map((step) => {
    const next = step(memory)
    memory = next.memory
    return next.notice
  })
}

describe('what is said of backups while no window is looked at', () => {
  it('is a scheduled one that failed: once for each reason, until one comes about', () => {
    const failing = () => (memory: BackupMemory) => onJobs(memory, ended({}))
    const fullDisk = (memory: BackupMemory) => onJobs(memory, ended({ problem: full }))
    const done = (memory: BackupMemory) => onJobs(memory, ended({ state: 'done', problem: null }))
    expect(told([failing(), failing(), fullDisk, done, failing()])).toEqual([
      { kind: 'backupFailed', problem: missing },
      null,
      { kind: 'backupFailed', problem: full },
      null,
      { kind: 'backupFailed', problem: missing },
    ])
  })

  it('is nothing where somebody asked for it, cancelled it, or it still runs', () => {
    const views = [
      ended({ scheduled: false }),
      ended({ state: 'cancelled', problem: null }),
      ended({ state: 'running', problem: null }),
      ended({ kind: 'backup.verify' }),
    ]
    expect(told(views.map((view) => (memory) => onJobs(memory, view)))).toEqual([null, null, null, null])
  })

  it('is said once, however often the same view comes again', () => {
    const view = ended({})
    const again = (memory: BackupMemory) => onJobs(memory, view)
    expect(told([again, again])).toEqual([{ kind: 'backupFailed', problem: missing }, null])
  })

  it('is that one is overdue: once for each time', () => {
    const at = (overdueSince: number | null) => (memory: BackupMemory) =>
      onBackups(memory, { schedule: { overdueSince } } as BackupsView)
    const notices = told([at(null), at(5), at(5), at(null), at(9)])
    expect(notices.map((notice) => (notice?.kind === 'backupOverdue' ? notice.since : null))).toEqual([
      null,
      5,
      null,
      null,
      9,
    ])
  })

  it('names cause and remedy in both languages', () => {
    expect(noticeText('en', { kind: 'backupFailed', problem: missing }).body).toContain('/media/stick')
    expect(noticeText('zh-CN', { kind: 'backupOverdue', since: 0 }).title).toBe('每日备份已逾期')
  })
})
