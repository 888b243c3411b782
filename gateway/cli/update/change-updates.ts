import { exitCode } from '../../../shared/exit-codes.ts'
import type { UpdatesChange } from '../../../shared/updates.ts'
import type { JsonOption } from '../commands/update.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { updateLines } from './show-updates.ts'

/** Changes what is looked for, looks at once where there is something to look for, and shows what is so now. */
export async function changeUpdates(change: UpdatesChange, { json }: JsonOption): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, json === true)
  try {
    const { host } = reached
    const changed = await host.call('updates.change', change)
    if (!changed.ok) return failWith(changed, json === true)
    const isAsking = change.followed !== undefined && change.followed !== null
    const view = isAsking ? await host.call('updates.check') : changed
    if (!view.ok) return failWith(view, json === true)
    if (json) sayJson({ ok: true, ...view.value })
    else for (const line of updateLines(view.value)) sayLine(line)
    // It is followed all the same: the registry may be back, or hold a gateway, tomorrow.
    return isAsking && view.value.gateway.problem ? exitCode.failed : exitCode.done
  } finally {
    await reached.close()
  }
}

export async function skipUpdate(
  what: 'app' | 'gateway',
  version: string | null,
  { json }: JsonOption,
): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, json === true)
  try {
    const skipped = await reached.host.call('updates.skip', { what, version })
    if (!skipped.ok) return failWith(skipped, json === true)
    if (json) sayJson({ ok: true, ...skipped.value })
    else for (const line of updateLines(skipped.value)) sayLine(line)
    return exitCode.done
  } finally {
    await reached.close()
  }
}
