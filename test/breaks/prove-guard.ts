import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RunStep } from '../../build/test/run-step.ts'
import { runVitest } from '../../build/test/run-vitest.ts'
import type { Outcome } from '../../build/test/tally.ts'
import type { Break } from './parse-patch.ts'
import { whilePatched } from './tree-copy.ts'
import { judge, type SpecResult } from './verdict.ts'

/** Shows that the spec is green with the guard and red without it. */
export async function proveGuard(copy: string, runStep: RunStep, guard: Break): Promise<Outcome> {
  const name = guard.guard
  const failed = (detail: string): Outcome => ({ name, result: 'failed', detail })
  const whole = await runSpec(copy, runStep, guard)
  if (typeof whole === 'object' && 'skipped' in whole)
    return { name, result: 'skipped', reason: whole.skipped }
  if (whole === 'red') return failed(`${guard.spec} is red although nothing is broken.`)
  if (whole !== 'green') return failed(whole.unusable)

  let broken: SpecResult
  try {
    broken = await whilePatched(copy, guard.files, () => runSpec(copy, runStep, guard))
  } catch (error) {
    return failed(`The patch does not apply: ${error instanceof Error ? error.message : error}`)
  }
  if (broken === 'red') return { name, result: 'passed' }
  if (broken === 'green') return failed(`${guard.spec} stays green although the guard is gone.`)
  return failed('unusable' in broken ? broken.unusable : broken.skipped)
}

async function runSpec(
  copy: string,
  runStep: RunStep,
  { spec, testName, needsBuild }: Break,
): Promise<SpecResult> {
  if (needsBuild) {
    rmSync(join(copy, 'dist', 'builds'), { recursive: true, force: true })
    const built = await runStep(process.execPath, ['build/bundle.ts'])
    if (built.code !== 0) return { unusable: `the build fails:\n${built.output}` }
  }
  return judge(await runVitest(runStep, [spec, ...(testName === null ? [] : ['-t', testName])], false))
}
