import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { resolveHostPaths } from '../../host/host-paths.ts'
import { connectToHost, type HostConnection } from '../../host/transports/control-client.ts'
import type { GatewayView } from '../../shared/host-api.ts'
import { freePort, type Workshop } from './workshop.ts'

/** A real host with a running gateway, and the contract over its control socket. */
export interface RunningHost {
  readonly pid: number
  readonly gatewayPort: number
  readonly client: HostConnection
  /** Pid of the gateway once one other than `not` is running. */
  runningGateway(not?: number): Promise<number>
  close(): Promise<void>
}

export async function startHost(workshop: Workshop): Promise<RunningHost> {
  const gatewayPort = await freePort()
  const flags = ['--port', '0', '--no-open', '--gateway-port', String(gatewayPort)]
  const child = workshop.start(process.execPath, [workshop.gatewayEntry, 'host', ...flags])
  const paths = resolveHostPaths(workshop.env, workshop.hostDir, process.platform)
  const client = await untilConnected(paths)

  let view: GatewayView | null = null
  client.on('gateway.changed', (changed) => {
    view = changed
  })
  const snapshot = await client.call('host.snapshot')
  if (snapshot.ok) view ??= snapshot.value.gateway

  return {
    pid: child.pid ?? 0,
    gatewayPort,
    client,
    async runningGateway(not) {
      const deadline = performance.now() + 20_000
      for (;;) {
        if (view?.state.name === 'running' && view.state.pid !== not) return view.state.pid
        if (performance.now() > deadline)
          throw new Error(`the gateway is not running: ${JSON.stringify(view)}`)
        await delay(1)
      }
    },
    async close() {
      client.close()
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

export async function untilConnected(paths: { readonly lockPath: string }): Promise<HostConnection> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const client = await connectToHost(paths)
    if (client !== null) return client
    if (performance.now() > deadline) throw new Error('the host did not open its control socket')
    await delay(20)
  }
}
