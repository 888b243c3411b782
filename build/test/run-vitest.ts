import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunStep } from './run-step.ts'
import type { Outcome } from './tally.ts'

/**
 * Runs vitest in the step runner's folder.
 * @param args file filters and options of vitest
 * @param live shows its own report as it comes
 */
export async function runVitest(
  runStep: RunStep,
  args: readonly string[],
  live: boolean,
): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'moltbot-test-'))
  const path = join(folder, 'outcomes.json')
  const plain: Record<string, string> = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }
  const reporters = ['--reporter=default', '--reporter=./build/test/vitest-reporter.ts']
  try {
    const { code, output } = await runStep(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args],
      { MOLTBOT_TEST_OUTCOMES: path, ...plain },
      live,
    )
    const outcomes = readOutcomes(path)
    if (outcomes.length === 0) return [failure(`vitest ended with ${code} and ran no test\n${output}`)]
    const explained = code === 0 || outcomes.some(({ result }) => result === 'failed')
    return explained ? outcomes : [...outcomes, failure(`vitest ended with ${code}, though no test failed`)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const failure = (detail: string): Outcome => ({ name: 'specs', result: 'failed', detail })

function readOutcomes(path: string): Outcome[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return [] // vitest did not get as far as its report.
  }
}
