import { randomUUID } from 'node:crypto'
import { root } from './prepare/root.mjs'
import { endCarriersOf } from './test/leftovers.ts'
import { changedPaths, digestOf, personalFolders } from './test/machine-digest.ts'
import { isPersonalGatewayRunning } from './test/personal-gateway.ts'
import { endSteps, stepRunner } from './test/run-step.ts'
import { runVitest } from './test/run-vitest.ts'
import { setUp } from './test/set-up.ts'
import { checkBuild, checkStyle, checkTypes } from './test/static-checks.ts'
import { type Outcome, report } from './test/tally.ts'

const filters = process.argv.slice(2)
const run = randomUUID()
const mark = `MOLTBOT_TEST_RUN=${run}`
const runStep = stepRunner(root, { MOLTBOT_TEST_RUN: run })

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, async () => {
    await endSteps()
    await endCarriersOf(mark)
    process.exit(130)
  })
}

console.log('Set-up')
await setUp(runStep)

const hasOwnGateway = await isPersonalGatewayRunning()
const before = digestOf(personalFolders)

console.log(filters.length === 0 ? 'Types, lint and format, build' : 'Build')
const checks = filters.length === 0 ? [checkTypes, checkStyle, checkBuild] : [checkBuild]
const outcomes: Outcome[] = await Promise.all(checks.map((check) => check(runStep)))

console.log('Specs')
outcomes.push(...(await runVitest(runStep, filters, true)), await noProcessLeft(), machineUntouched())

console.log(report(outcomes))
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0

async function noProcessLeft(): Promise<Outcome> {
  const name = 'no process left behind'
  const left = await endCarriersOf(mark)
  if (left.length === 0) return { name, result: 'passed' }
  return {
    name,
    result: 'failed',
    detail: left.map(({ pid, command }) => `pid ${pid}: ${command}`).join('\n'),
  }
}

function machineUntouched(): Outcome {
  const name = "the person's own Moltbot is untouched"
  if (hasOwnGateway) {
    return {
      name,
      result: 'skipped',
      reason: 'a gateway of yours is running, so its files change by themselves',
    }
  }
  const changed = changedPaths(before, digestOf(personalFolders))
  if (changed.length === 0) return { name, result: 'passed' }
  return { name, result: 'failed', detail: changed.join('\n') }
}
