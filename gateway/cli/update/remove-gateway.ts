import { exitCode } from '../../../shared/exit-codes.ts'
import { confirm } from '../backup/confirm.ts'
import { hostForCommand } from '../backup/own-host.ts'
import type { RemoveOptions } from '../commands/update.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'

/** Asks, then removes an installed gateway; resolves to the exit code. */
export async function removeGateway(id: string, { yes, json }: RemoveOptions): Promise<number> {
  const isJson = json === true
  const answer = yes ? true : await confirm(`Remove ${id}? To have it again, it has to be downloaded again.`)
  if (!answer) {
    const message =
      answer === null ? 'Nothing was removed. To remove without being asked, add --yes.' : 'Kept.'
    if (isJson) sayJson({ ok: false, code: 'NOT_CONFIRMED', message })
    else sayLine(message)
    return exitCode.failed
  }
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    const removed = await reached.host.call('updates.removeGateway', { id })
    if (!removed.ok) return failWith(removed, isJson)
    if (isJson) sayJson({ ok: true, removed: id })
    else sayLine(`Removed ${id}.`)
    return exitCode.done
  } finally {
    await reached.close()
  }
}
