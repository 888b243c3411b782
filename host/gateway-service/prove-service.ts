import type { Clock } from '../clock.ts'
import { fetchLiveness } from '../gateway-client/fetch-liveness.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import type { ServiceManager } from './service-manager.ts'

interface ProofParts {
  readonly clock: Clock
  readonly table: Pick<ProcessTable, 'holdsListener'>
  readonly manager: Pick<ServiceManager, 'status'>
  readonly port: number
  readonly limitMs: number
}

const lookEveryMs = 200
const answerLimitMs = 1_000

/**
 * Null once the service's own process holds the port and answers that it is well; else what was seen last.
 * One that ended once has been proved enough.
 */
export async function proveService({
  clock,
  table,
  manager,
  port,
  limitMs,
}: ProofParts): Promise<string | null> {
  const until = clock.now().mono + limitMs
  let seen = 'it did not start'
  for (;;) {
    const status = await manager.status()
    if (!status.ok) seen = 'its manager does not answer'
    else if (status.active === 'failed' || status.active === 'unloaded') return endedText(status.ended)
    else if (status.ended && status.pid === null) return endedText(status.ended)
    else if (status.pid !== null) {
      const answer = await fetchLiveness({ port, timeoutMs: answerLimitMs })
      // A Moltbot from npm says nothing better of itself.
      const isWell = answer.kind === 'live' || (answer.kind === 'unwell' && answer.isForeign === true)
      if (isWell && (await table.holdsListener(status.pid, port))) return null
      seen = isWell ? 'another program answers on its port' : `no good answer on port ${port}`
    }
    if (clock.now().mono >= until) return seen
    await new Promise<void>((resolve) => clock.after(lookEveryMs, resolve))
  }
}

function endedText(ended: string | null | undefined): string {
  return ended ? `it ended with ${ended}` : 'it did not stay up'
}
