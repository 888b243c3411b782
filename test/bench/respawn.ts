import { setTimeout as delay } from 'node:timers/promises'
import { type Row, toRow } from './row.ts'
import type { RunningHost } from './running-host.ts'
import { untilHealthy } from './until-healthy.ts'

/**
 * From kill -9 of the gateway to the first 200 of the next one, at random phases. A requested restart in
 * between sets the back-off to nothing again.
 */
export async function measureRespawn(host: RunningHost, kills: number): Promise<Row> {
  const values: number[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    const killed = await host.runningGateway()
    await delay(Math.random() * 200)
    const started = performance.now()
    process.kill(killed, 'SIGKILL')
    await untilHealthy(host.gatewayPort)
    values.push(performance.now() - started)
    const respawned = await host.runningGateway(killed)
    const restarted = await host.client.call('gateway.restart')
    if (!restarted.ok) throw new Error(`gateway.restart: ${restarted.code}`)
    await host.runningGateway(respawned)
  }
  return toRow({ what: 'gateway: kill -9 to next 200', unit: 'ms', values, limits: { p95: 250 } })
}
