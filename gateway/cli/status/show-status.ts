import { exitCode } from '../../../shared/exit-codes.ts'
import type { StatusOptions } from '../commands/status.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { withProgress } from '../slow-progress.ts'
import { sayJson } from '../tell.ts'
import { collectStatus } from './collect-status.ts'

const pastedLogLines = 40

/** Shows the gateway and all around it; resolves to the exit code. */
export async function showStatus(options: StatusOptions): Promise<number> {
  const { json, deep, all, usage, verbose, timeout } = options
  const isJson = json === true
  const isDeep = deep === true
  const isAll = all === true && !isJson
  const question = {
    isDeep,
    isUsage: usage === true,
    isDoctor: isDeep || isAll,
    tailLines: isAll ? pastedLogLines : 0,
    timeoutMs: timeout,
  }
  const facts = await withProgress('Looking at the gateway', !isJson, collectStatus(question))
  if (isJson) {
    const { statusJson } = await import('./status-json.ts')
    sayJson(statusJson(facts))
  } else if (isAll) {
    const { reportLines } = await import('./report/report-lines.ts')
    sayLines(await reportLines(facts))
  } else {
    const { statusLines } = await import('./status-lines.ts')
    sayLines(statusLines(facts, { isVerbose: verbose === true, isUsage: usage === true }, outputLook()))
  }
  return isDeep && !facts.gateway.reachable ? exitCode.unreachable : exitCode.done
}
