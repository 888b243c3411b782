import { requestHealth } from '../../host/gateway-client/request-health.ts'
import type { Row } from './row.ts'
import { toRow } from './row.ts'
import { untilHealthy } from './until-healthy.ts'
import { end, freePort, type Workshop } from './workshop.ts'

/**
 * From the start of the process to the first 200, of ours and of the bare server in turn. A gateway that
 * does not answer `connect` and `health` within 50 ms more counts as one that never started.
 */
export async function measureGatewayStart(workshop: Workshop, samples: number): Promise<Row> {
  const values: number[] = []
  const bare: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    values.push(await gatewayStart(workshop))
    bare.push(await bareStart(workshop))
  }
  const limits = { median: 250, ratio: 3 }
  return toRow({ what: 'gateway: start to first 200 on /health', unit: 'ms', values, bare, limits })
}

async function gatewayStart(workshop: Workshop): Promise<number> {
  const port = await freePort()
  const started = performance.now()
  const child = workshop.start(process.execPath, [workshop.gatewayEntry, 'gateway', '--port', String(port)])
  try {
    await untilHealthy(port)
    const tookMs = performance.now() - started
    // An early 200 is worth nothing if the gateway cannot work yet.
    const health = await requestHealth({ port, token: workshop.token, timeoutMs: 50 })
    return health.ok ? tookMs : Number.POSITIVE_INFINITY
  } finally {
    await end(child)
  }
}

async function bareStart(workshop: Workshop): Promise<number> {
  const port = await freePort()
  const started = performance.now()
  const child = workshop.start(process.execPath, [workshop.bareServer, String(port)])
  try {
    await untilHealthy(port)
    return performance.now() - started
  } finally {
    await end(child)
  }
}
