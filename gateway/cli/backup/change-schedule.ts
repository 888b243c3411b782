import { resolve } from 'node:path'
import { type BackupsChange, scheduleTimePattern } from '../../../shared/backups.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { ScheduleOptions } from '../commands/backup.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { failWith, sayJson, sayLine, tellProblem, tellUsage } from '../tell.ts'
import { scheduleLines } from './list-backups.ts'

/** Shows the schedule, after changing what was asked for; resolves to the exit code. */
export async function changeSchedule(state: string | undefined, options: ScheduleOptions): Promise<number> {
  const change = readChange(state, options)
  if (typeof change === 'string') {
    tellUsage(change)
    return exitCode.wrongUsage
  }
  const isJson = options.json === true
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    const { host } = reached
    const isAsked = Object.keys(change).length > 0
    const view = isAsked ? await host.call('backups.change', change) : await host.call('backups.look')
    if (!view.ok) return failWith(view, isJson)
    if (isJson) sayJson({ ok: true, folder: view.value.folder, schedule: view.value.schedule })
    else {
      for (const line of scheduleLines(view.value)) sayLine(line)
      sayLine(`In ${view.value.folder}`)
      if (view.value.folderProblem) tellProblem(view.value.folderProblem)
    }
    return exitCode.done
  } finally {
    await reached.close()
  }
}

function readChange(
  state: string | undefined,
  { at, keep, folder }: ScheduleOptions,
): BackupsChange | string {
  if (state !== undefined && state !== 'on' && state !== 'off') return 'The schedule is on or off'
  if (at !== undefined && !scheduleTimePattern.test(at)) return '--at must be a time of day such as 03:30'
  const kept = keep === undefined ? undefined : /^\d{1,3}$/.test(keep) ? Number(keep) : 0
  if (kept !== undefined && (kept < 1 || kept > 365)) return '--keep must be a whole number from 1 to 365'
  return {
    ...(state === undefined ? {} : { enabled: state === 'on' }),
    ...(at === undefined ? {} : { at }),
    ...(kept === undefined ? {} : { keep: kept }),
    ...(folder === undefined ? {} : { folder: folder === 'default' ? null : resolve(folder) }),
  }
}
