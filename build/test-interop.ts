import { existsSync } from 'node:fs'
import { root } from './prepare/root.mjs'
import { endSteps, stepRunner } from './test/run-step.ts'
import { runVitest } from './test/run-vitest.ts'
import { report } from './test/tally.ts'

const name = 'MOLTBOT_INTEROP_CLAWDBOT'
const entry = process.env[name] ?? ''

if (!existsSync(entry)) {
  console.log(`Skipped: ${entry === '' ? `${name} is not set` : `there is no ${entry}`}.

These specs run a released clawdbot beside this project. Install it in a folder outside of the repository:

  mkdir clawdbot-home && cd clawdbot-home
  echo '{"private":true,"overrides":{"libsignal":"npm:libsignal@6.0.0","linkedom":"0.18.12"}}' > package.json
  npm install --ignore-scripts clawdbot@2026.1.24-3

and name its entry file:

  ${name}=$PWD/node_modules/clawdbot/dist/entry.js npm run test:interop`)
  process.exit(0)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void endSteps().then(() => process.exit(130)))
}

const runStep = stepRunner(root, {})
const outcomes = await runVitest(runStep, ['--project', 'interop', ...process.argv.slice(2)], true)
console.log(report(outcomes))
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0
