import { writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import type { Outcome } from './tally.ts'

/** Writes the outcome of every test as JSON to the file named by `MOLTBOT_TEST_OUTCOMES`. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const path = process.env.MOLTBOT_TEST_OUTCOMES
    if (path === undefined) return
    const outcomes = [
      ...modules.flatMap((module) => [...module.children.allTests()].map((test) => ofTest(module, test))),
      // A module that could not be read has no tests, but it has failed; so has one whose hook threw.
      ...modules.flatMap((module) => brokenParts(module)),
      ...unhandled.map((error) => failed('error outside any test', [error])),
    ]
    writeFileSync(path, JSON.stringify(outcomes))
  }
}

function ofTest(module: TestModule, test: TestCase): Outcome {
  const name = `${module.relativeModuleId} › ${test.fullName}`
  const result = test.result()
  if (result.state === 'passed') return { name, result: 'passed' }
  if (result.state === 'failed') return failed(name, result.errors)
  if (result.state === 'skipped')
    return { name, result: 'skipped', reason: result.note ?? reasonInName(name) }
  return { name, result: 'failed', detail: 'The run ended before this test did.' }
}

/** Suites under `describeWith` end in the reason in brackets. */
const reasonInName = (name: string): string => /\[([^\]]+)\]/.exec(name)?.[1] ?? 'no reason given'

function brokenParts(module: TestModule): Outcome[] {
  const parts = [module, ...module.children.allSuites()]
  return parts
    .filter((part) => part.errors().length > 0)
    .map((part) =>
      failed(
        part === module ? module.relativeModuleId : `${module.relativeModuleId} › a suite`,
        part.errors(),
      ),
    )
}

function failed(name: string, errors: readonly SerializedError[]): Outcome {
  const detail = errors.map((error) =>
    stripVTControlCharacters(
      [error.message, ...ownFrames(error.stack), error.diff ?? ''].join('\n').trimEnd(),
    ),
  )
  return { name, result: 'failed', detail: detail.join('\n') }
}

/** The message that a stack begins with is not always the error's: that of a timeout is a placeholder. */
const ownFrames = (stack = ''): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !/node_modules|node:internal|<anonymous>/.test(line))
