import type { RunStep, StepResult } from './run-step.ts'
import type { Outcome } from './tally.ts'

/** Types and import rules between projects. */
export const checkTypes = (runStep: RunStep): Promise<Outcome> =>
  step('types', runStep('node_modules/.bin/tsc', ['-b', '--pretty', 'false']))

/** Lint, import rules within projects, and format. */
export const checkStyle = (runStep: RunStep): Promise<Outcome> =>
  step(
    'lint and format',
    runStep('node_modules/.bin/biome', ['ci', '--error-on-warnings', '--colors=off', '.']),
  )

export const checkBuild = (runStep: RunStep): Promise<Outcome> =>
  step('build', runStep(process.execPath, ['build/bundle.ts']))

async function step(name: string, run: Promise<StepResult>): Promise<Outcome> {
  const started = performance.now()
  const { code, output } = await run
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`  ${code === 0 ? '✓' : '✕'} ${name} (${seconds} s)`)
  return code === 0 ? { name, result: 'passed' } : { name, result: 'failed', detail: output }
}
