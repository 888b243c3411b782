import { exitCode } from '../../../shared/exit-codes.ts'
import { formatBytes, formatMoment } from '../../../shared/wording/format.ts'
import type { JsonOption } from '../commands/update.ts'
import { sayLines } from '../output-look.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { tableLines } from '../table.ts'
import { failWith, sayJson, tellProblem } from '../tell.ts'

/** Shows the gateways that can be switched to; resolves to the exit code. */
export async function listGateways({ json }: JsonOption): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, json === true)
  try {
    const snapshot = await reached.host.call('host.snapshot')
    if (!snapshot.ok) return failWith(snapshot, json === true)
    const { active, installed, problem } = snapshot.value.updates.gateway
    if (json) sayJson({ ok: true, active: active.id, installed })
    else {
      if (problem) tellProblem(problem)
      const rows = installed.map(({ id, version, installedAt, bytes }) => [
        id === active.id ? '*' : ' ',
        id,
        version,
        bytes === null ? '' : formatBytes(bytes),
        installedAt === null ? 'came with this program' : `installed ${formatMoment('en', installedAt)}`,
      ])
      sayLines(tableLines(rows, { isColoured: false, width: null }))
    }
    return exitCode.done
  } finally {
    await reached.close()
  }
}
