import { randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../../build/prepare/root.mjs'
import { endCarriersOf } from '../../build/test/leftovers.ts'
import { endSteps, stepRunner } from '../../build/test/run-step.ts'
import { type Outcome, report } from '../../build/test/tally.ts'
import { parsePatch } from './parse-patch.ts'
import { proveGuard } from './prove-guard.ts'
import { copyTree, removeTree } from './tree-copy.ts'

const wanted = process.argv.slice(2)
const paths = globSync(join(import.meta.dirname, '*.patch'))
  .sort()
  .filter((path) => wanted.length === 0 || wanted.some((part) => basename(path).includes(part)))

const copy = copyTree(root)
const run = randomUUID()
const runStep = stepRunner(copy, { MOLTBOT_TEST_RUN: run })
async function cleanUp(): Promise<void> {
  await endSteps()
  await endCarriersOf(`MOLTBOT_TEST_RUN=${run}`)
  removeTree(copy)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void cleanUp().then(() => process.exit(130)))
}

const marks = { passed: '✓', failed: '✕', skipped: '–' }
const outcomes: Outcome[] = []
for (const path of paths) {
  const outcome = await prove(path)
  console.log(`${marks[outcome.result]} ${basename(path, '.patch')}: ${outcome.name}`)
  outcomes.push(outcome)
}
await cleanUp()
console.log(report(outcomes))
process.exitCode = outcomes.length === 0 || outcomes.some(({ result }) => result === 'failed') ? 1 : 0

async function prove(path: string): Promise<Outcome> {
  try {
    return await proveGuard(copy, runStep, parsePatch(readFileSync(path, 'utf8')))
  } catch (error) {
    return {
      name: basename(path),
      result: 'failed',
      detail: error instanceof Error ? error.message : String(error),
    }
  }
}
