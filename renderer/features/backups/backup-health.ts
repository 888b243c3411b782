import type { BackupFile, BackupsView } from '../../../shared/backups.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { Shape } from '../../../shared/state-shape.ts'

export type BackupHealth = {
  readonly name: 'folder' | 'failed' | 'overdue' | 'none' | 'byHand' | 'well'
  readonly shape: Shape
  readonly problem: Problem | null
  /** The newest backup that is there. */
  readonly newest: BackupFile | null
}

/** Whether the owner's backups are well; what keeps the next one from being made stands before the rest. */
export function backupHealth(view: BackupsView): BackupHealth {
  const newest = view.files[0] ?? null
  const is = (name: BackupHealth['name'], shape: Shape, problem: Problem | null = null): BackupHealth => ({
    name,
    shape,
    problem,
    newest,
  })
  if (view.folderProblem) return is('folder', 'attention', view.folderProblem)
  if (view.last?.problem) return is('failed', 'failed', view.last.problem)
  if (view.schedule.overdueSince !== null) return is('overdue', 'attention')
  if (!newest) return is('none', 'stopped')
  return view.schedule.enabled ? is('well', 'running') : is('byHand', 'stopped')
}
