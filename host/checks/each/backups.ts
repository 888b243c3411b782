import type { BackupsView } from '../../../shared/backups.ts'
import { type Check, type Found, found } from '../finding.ts'

const oldMs = 2 * 86_400_000

/** Whether there is something to go back to: a backup, young enough, and the key that opens it elsewhere. */
export const backupsCheck: Check = {
  name: 'backups',
  async look({ knowledge, now, reach }) {
    const view = await knowledge.backups()
    if (!view) return []
    const { folder, folderProblem, last, key } = view
    if (!(await reach.answers(folder))) {
      return [found('backupFolderUnusable', 'warn', { folder, reason: 'ETIMEDOUT' })]
    }
    const findings: Found[] = []
    if (folderProblem) {
      findings.push(found('backupFolderUnusable', 'warn', { folder, reason: folderProblem.code }))
    } else findings.push(...age(view, now()))
    if (last?.problem) {
      findings.push(found('backupFailed', 'warn', { at: last.at, reason: last.problem.code }))
    }
    const isKeyMade = key.mode === 'key' && key.recipients.length > 0
    if (isKeyMade && key.sheetSavedAt === null && view.files.length > 0) {
      findings.push(found('backupKeyUnsaved', 'warn', { folder }))
    }
    return findings
  },
}

function age({ files, folder, schedule }: BackupsView, now: number): Found[] {
  const [newest] = files
  const { enabled, overdueSince } = schedule
  if (!newest) {
    // On a new machine the first one is still to come.
    const level = enabled && overdueSince === null ? 'info' : 'warn'
    return [found('backupNone', level, { folder })]
  }
  const isOld = now - newest.createdAt > oldMs || overdueSince !== null
  if (isOld) return [found('backupOld', 'warn', { at: newest.createdAt, folder })]
  return enabled ? [] : [found('backupOff', 'info', { folder })]
}
