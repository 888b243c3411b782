import type { BackupsView } from '../../../shared/backups.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { formatBytes, formatMoment } from '../../../shared/wording/format.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { tableLines } from '../table.ts'
import { failWith, sayJson, sayLine, tellProblem } from '../tell.ts'

/** Shows what lies in the folder; resolves to the exit code. */
export async function listBackups({ json }: { readonly json?: true }): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, json === true)
  try {
    const looked = await reached.host.call('backups.look')
    if (!looked.ok) return failWith(looked, json === true)
    if (json) sayJson({ ok: true, ...looked.value })
    else sayBackups(looked.value)
    return exitCode.done
  } finally {
    await reached.close()
  }
}

export function sayBackups(view: BackupsView): void {
  for (const found of [view.choicesProblem, view.folderProblem]) if (found) tellProblem(found)
  if (view.files.length === 0) sayLine(`No backups in ${view.folder} yet. Make one: moltbot backup create`)
  else {
    const rows = view.files.map(({ name, bytes, createdAt, verifiedAt }) => [
      name,
      formatMoment('en', createdAt),
      formatBytes(bytes),
      verifiedAt === null ? 'never verified' : `verified ${formatMoment('en', verifiedAt)}`,
    ])
    sayLines(tableLines(rows, outputLook(), { right: [2] }))
    sayLine(`In ${view.folder}`)
  }
  for (const line of scheduleLines(view)) sayLine(line)
}

export function scheduleLines({ schedule, key, last }: BackupsView): string[] {
  const { enabled, at, keep, nextAt, overdueSince } = schedule
  return [
    enabled && nextAt !== null
      ? `Daily at ${at}, next ${formatMoment('en', nextAt)} while a host runs; ${keep} are kept.`
      : `The daily backup is off; ${keep} are kept.`,
    ...(overdueSince === null ? [] : [`Overdue since ${formatMoment('en', overdueSince)}.`]),
    ...(last?.problem ? [`The last one failed: ${problemText(last.problem)}`] : []),
    ...(key.mode === 'key' && key.sheetSavedAt === null
      ? ['No recovery sheet was saved: if this machine is lost, so are they. moltbot backup recovery-sheet']
      : []),
  ]
}
