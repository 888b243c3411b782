import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../build/prepare/root.mjs'
import { findChromium } from '../../build/test/chromium.ts'
import { measureBackup } from './backup.ts'
import { measureClawdbot } from './clawdbot.ts'
import { measureCommandLine } from './command-line.ts'
import { measureGatewayClients } from './gateway-clients.ts'
import { measureGatewayMemory } from './gateway-memory.ts'
import { measureGatewayStart } from './gateway-start.ts'
import { measureHostIdle } from './host-idle.ts'
import { measureHttpRate } from './http-rate.ts'
import { measureLogLag } from './log-lag.ts'
import { measureLogs } from './logs.ts'
import { measurePageSize } from './page-size.ts'
import { measureRespawn } from './respawn.ts'
import type { Row } from './row.ts'
import { startHost } from './running-host.ts'
import { toTable } from './table.ts'
import { openWorkshop } from './workshop.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    samples: { type: 'string', default: '20' },
    kills: { type: 'string', default: '200' },
    'idle-seconds': { type: 'string', default: '20' },
    'log-seconds': { type: 'string', default: '30' },
    'backup-mb': { type: 'string', default: '1000' },
    'rpc-seconds': { type: 'string', default: '10' },
    /** The entry file of an installed clawdbot. */
    clawdbot: { type: 'string', default: process.env.MOLTBOT_INTEROP_CLAWDBOT ?? '' },
  },
})
const samples = Number(options.samples)
const say = (text: string) => process.stderr.write(`${text}\n`)

say('Building …')
execFileSync(process.execPath, [join(root, 'build/bundle.ts')], { stdio: ['ignore', 'ignore', 'inherit'] })

const workshop = openWorkshop()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void workshop.close().then(() => process.exit(130)))
}
const rows: Row[] = []
try {
  say(`Starting the gateway ${samples} times …`)
  rows.push(await measureGatewayStart(workshop, samples))
  say('Watching an idle gateway …')
  rows.push(await measureGatewayMemory(workshop, 3))
  say('Asking the gateway as fast as it answers …')
  rows.push(await measureHttpRate(workshop, 5))
  say('Connecting 1,000 clients …')
  rows.push(...(await measureGatewayClients(workshop, Number(options['rpc-seconds']))))
  say('Writing the log as fast as it must be …')
  rows.push(await measureLogLag(workshop, 5))
  const host = await startHost(workshop)
  await host.runningGateway()
  say('Running commands …')
  rows.push(...(await measureCommandLine(workshop, samples)))
  say(`Killing the gateway ${options.kills} times …`)
  rows.push(await measureRespawn(host, Number(options.kills)))
  say('Watching an idle host …')
  rows.push(...(await measureHostIdle(host, Number(options['idle-seconds']))))
  await host.close()
  rows.push(...measurePageSize())
  if (findChromium() === null) say('Without Chromium the Logs page is not measured.')
  else {
    say('Following a busy log …')
    rows.push(...(await measureLogs(workshop, Number(options['log-seconds']))))
  }
  if (options.clawdbot === '') say('Without --clawdbot <entry file> the released Moltbot is not measured.')
  else {
    say('Starting the released Moltbot …')
    rows.push(...(await measureClawdbot(workshop, options.clawdbot)))
  }
  // Last: what it leaves for the disk to do would disturb the others.
  say(`Backing up ${options['backup-mb']} MB …`)
  rows.push(...(await measureBackup(workshop, Number(options['backup-mb']), 3)))
} finally {
  await workshop.close()
}
console.log(options.json ? JSON.stringify(rows, null, 2) : toTable(rows))
process.exitCode = rows.some(({ holds }) => holds === false) ? 1 : 0
