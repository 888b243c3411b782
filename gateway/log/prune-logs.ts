import { readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { datedLogName } from '../../host/config/log-path.ts'

const keptDays = 7

/** Removes the dated logs of `folder` that are older than a week; never a file of another name. */
export function pruneLogs(folder: string, today: Date): void {
  const oldest = datedLogName(
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - (keptDays - 1)),
  )
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      // Names of one form sort as their dates do.
      const isDated = /^moltbot-\d{4}-\d{2}-\d{2}\.log$/.test(entry.name)
      if (isDated && entry.isFile() && entry.name < oldest) unlinkSync(join(folder, entry.name))
    }
  } catch {
    // An old log that stays does no harm, and the next start tries again.
  }
}
