import { exitCode } from '../../../shared/exit-codes.ts'
import { createProgress } from '../progress.ts'
import { sayJson, sayLine } from '../tell.ts'
import type { Removable } from './removable.ts'
import { itemJson } from './show-plan.ts'

/** Removes one after the other and says so; what cannot be removed stops nothing. Resolves to the exit code. */
export async function removeEach(plan: readonly Removable[], isJson: boolean): Promise<number> {
  const progress = createProgress(process.stderr, !isJson)
  const removed: Removable[] = []
  const failed: { readonly item: Removable; readonly detail: string }[] = []
  for (const item of plan.filter(({ kept }) => kept === null)) {
    progress.show(`Removing ${item.what}`)
    const detail = await item.remove().catch((error: Error) => error.message)
    progress.clear()
    if (detail === null) removed.push(item)
    else failed.push({ item, detail })
    if (isJson) continue
    sayLine(detail === null ? `Removed: ${item.what}` : `Not removed: ${item.what}, ${item.place}: ${detail}`)
  }
  const kept = plan.filter((item) => item.kept !== null)
  if (isJson) {
    sayJson({
      ok: failed.length === 0,
      dryRun: false,
      removed: removed.map(itemJson),
      failed: failed.map(({ item, detail }) => ({ ...itemJson(item), detail })),
      kept: kept.map(itemJson),
    })
  } else if (failed.length > 0) {
    sayLine('Some things are still there, as said above. Remove what stands in the way, then run it again.')
  } else sayLine('Done. The application itself goes as it came: its package, its folder, or the repository.')
  return failed.length === 0 ? exitCode.done : exitCode.failed
}
