import { resolve } from 'node:path'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { SheetOptions } from '../commands/backup.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'

/** Saves the recovery sheet; resolves to the exit code. */
export async function saveRecoverySheet({ to, json }: SheetOptions): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, json === true)
  try {
    const saved = await reached.host.call('backups.saveSheet', to === undefined ? {} : { to: resolve(to) })
    if (!saved.ok) return failWith(saved, json === true)
    if (json) sayJson({ ok: true, ...saved.value })
    else {
      sayLine(`Wrote the recovery sheet to ${saved.value.path}.`)
      sayLine(
        'Whoever has it can read every backup. Print it or keep it on another machine, then delete it here.',
      )
    }
    return exitCode.done
  } finally {
    await reached.close()
  }
}
