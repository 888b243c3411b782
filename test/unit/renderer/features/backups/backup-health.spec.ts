import { describe, expect, it } from 'vitest'
import { backupHealth } from '../../../../../renderer/features/backups/backup-health.ts'
import { problem } from '../../../../../shared/problem.ts'
import { aWeekOfBackups, noBackups } from '../../../../fixtures/scripted-backups.ts'

const now = 1_800_000_000_000
const folderProblem = problem('BACKUP_FOLDER_MISSING', { path: '/media/disk' })
const failed = problem('BACKUP_WRITE_FAILED', { path: '/media/disk/x', detail: 'ENOSPC' })
const week = aWeekOfBackups(now)

describe('whether backups are well', () => {
  it.each([
    ['well', week],
    ['byHand', { ...week, schedule: { ...week.schedule, enabled: false, nextAt: null } }],
    ['none', noBackups()],
    ['overdue', { ...week, schedule: { ...week.schedule, overdueSince: now - 1 } }],
    ['overdue', noBackups({ schedule: { ...week.schedule, overdueSince: now - 1 } })],
    ['failed', { ...week, last: { at: now, problem: failed, scheduled: true } }],
    ['folder', noBackups({ folderProblem, last: { at: now, problem: failed, scheduled: true } })],
  ])('is %s', (name, view) => {
    expect(backupHealth(view).name).toBe(name)
    expect(backupHealth(view).newest).toBe(view.files[0] ?? null)
  })

  it('never looks well while the next one cannot be made', () => {
    expect(backupHealth({ ...week, folderProblem })).toMatchObject({
      shape: 'attention',
      problem: folderProblem,
    })
    expect(backupHealth({ ...week, last: { at: now, problem: failed, scheduled: false } })).toMatchObject({
      shape: 'failed',
      problem: failed,
    })
  })
})
