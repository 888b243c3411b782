import { exitCode } from '../../../shared/exit-codes.ts'
import type { DeleteOptions } from '../commands/backup.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { confirm } from './confirm.ts'
import { hostForCommand } from './own-host.ts'

/** Asks, then deletes one backup; resolves to the exit code. */
export async function deleteBackup(name: string, { yes, json }: DeleteOptions): Promise<number> {
  const isJson = json === true
  const answer = yes ? true : await confirm(`Delete ${name}? It cannot be brought back.`)
  if (!answer) {
    const message =
      answer === null ? 'Nothing was deleted. To delete without being asked, add --yes.' : 'Kept.'
    if (isJson) sayJson({ ok: false, code: 'NOT_CONFIRMED', message })
    else sayLine(message)
    return exitCode.failed
  }
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    const deleted = await reached.host.call('backups.delete', { name })
    if (!deleted.ok) return failWith(deleted, isJson)
    if (isJson) sayJson({ ok: true, deleted: name })
    else sayLine(`Deleted ${name}.`)
    return exitCode.done
  } finally {
    await reached.close()
  }
}
