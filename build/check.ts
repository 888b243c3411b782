import { root } from './prepare/root.mjs'
import { endSteps, stepRunner } from './test/run-step.ts'
import { checkStyle, checkTypes } from './test/static-checks.ts'
import { report } from './test/tally.ts'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void endSteps().then(() => process.exit(130)))
}

const runStep = stepRunner(root, {})
const outcomes = await Promise.all([checkTypes(runStep), checkStyle(runStep)])
console.log(report(outcomes))
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0
