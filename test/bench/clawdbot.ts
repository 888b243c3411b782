import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { requestHealth } from '../../host/gateway-client/request-health.ts'
import { readUse } from './process-use.ts'
import { type Row, toRow } from './row.ts'
import { end, freePort, type Workshop } from './workshop.ts'

const samples = 3
const startLimitMs = 120_000
/** No channels, no announcement in the network, and the process that we start is the gateway itself. */
const quiet = { CLAWDBOT_SKIP_CHANNELS: '1', CLAWDBOT_DISABLE_BONJOUR: '1', CLAWDBOT_NO_RESPAWN: '1' }

/**
 * The same of the released Moltbot, for the record: start to the first `health` over its protocol (it has no
 * `/health`), memory, command line. `entry` is the entry file of an installed clawdbot.
 */
export async function measureClawdbot(workshop: Workshop, entry: string): Promise<Row[]> {
  const env = { ...workshop.env, ...quiet }
  const starts: number[] = []
  const memory: number[] = []
  const version: number[] = []
  const health: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    const port = await freePort()
    const gateway = ['gateway', '--allow-unconfigured', '--port', String(port)]
    const started = performance.now()
    const child = workshop.start(process.execPath, [entry, ...gateway], 'ignore', env)
    try {
      await untilWell(port, workshop.token)
      starts.push(performance.now() - started)
      await delay(5_000)
      memory.push(readUse(child.pid ?? 0).megabytes)
      const asking = { ...env, CLAWDBOT_GATEWAY_PORT: String(port) }
      version.push(await timeOf(workshop, [entry, '--version'], env))
      health.push(await timeOf(workshop, [entry, 'health'], asking))
    } finally {
      await end(child)
    }
  }
  const row = (what: string, unit: Row['unit'], values: number[]) =>
    toRow({ what: `clawdbot: ${what}`, unit, values })
  return [
    row('start to the first health', 'ms', starts),
    row('idle memory', 'MB', memory),
    row('--version', 'ms', version),
    row('health', 'ms', health),
  ]
}

async function untilWell(port: number, token: string): Promise<void> {
  const deadline = performance.now() + startLimitMs
  for (;;) {
    const health = await requestHealth({ port, token, timeoutMs: 1_000 })
    if (health.ok) return
    if (performance.now() > deadline) throw new Error(`clawdbot was not well: ${JSON.stringify(health)}`)
    await delay(20)
  }
}

async function timeOf(workshop: Workshop, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now()
  const child = workshop.start(process.execPath, args, 'ignore', env)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`clawdbot ${args.slice(1).join(' ')} ended with ${code}`)
  return performance.now() - started
}
