import { type Problem, problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import { fetchLiveness } from '../gateway-client/fetch-liveness.ts'
import { isSameProcess, type ProcessTable } from '../processes/process-table.ts'
import { packageFigures, type SupervisorFigures } from '../supervisor/figures.ts'
import type { OtherGateway } from '../supervisor/state.ts'
import { every } from './every.ts'
import { isPortTaken } from './is-port-taken.ts'

interface Watch {
  readonly clock: Clock
  readonly table: Pick<ProcessTable, 'identify' | 'holdsListener'>
  readonly figures: SupervisorFigures
  readonly other: OtherGateway
  readonly port: number
  /** What answers on the port now; asks over the protocol. */
  identify(): Promise<OtherGateway | null>
  seen(unwell: Problem | null): void
  changed(now: OtherGateway): void
  ended(): void
}

/** A package is asked over the protocol so often before its silence counts. */
const rpcMisses = 2
const identifyAgainLooks = 15

/**
 * Follows a gateway that is not our child by pid and start time, and by its answers, until the returned
 * function is called. It is only looked at.
 */
export function watchOther(watch: Watch): () => void {
  const { clock, table, figures, other, port, identify, seen, changed, ended } = watch
  const { hungAfterMs } = packageFigures(figures)
  let misses = 0
  let failedRpcs = 0
  let answeredAt = clock.now().mono
  let isJson = false
  let looks = 0
  const pace = { clock, firstMs: figures.probeEveryMs, ms: figures.probeEveryMs }
  return every(pace, async (isOver) => {
    looks += 1
    const { identity } = other
    const isGone = identity ? !isSameProcess(table, identity) : !(await isPortTaken(port))
    if (isOver()) return
    if (isGone) return ended()
    if (other.kind === 'foreign') {
      // Its token, or ours, may be another by now. Another user's is only watched.
      if (other.problem.code !== 'GATEWAY_REFUSED_TOKEN' || looks % identifyAgainLooks !== 0) return
      const now = await identify()
      if (!isOver() && now?.kind === 'adopted') changed(now)
      return
    }
    const liveness = await fetchLiveness({ port, timeoutMs: figures.probeLimitMs })
    if (isOver()) return
    if (liveness.kind !== 'silent') {
      misses = failedRpcs = 0
      answeredAt = clock.now().mono
      isJson ||= liveness.kind === 'live'
      const isUnwell = liveness.kind === 'unwell' && !liveness.isForeign
      return seen(isUnwell ? problem('GATEWAY_UNWELL', { reason: liveness.reason }) : null)
    }
    misses += 1
    if (misses < figures.missesUntilDegraded) return
    // It lives, but has left our port: it is no longer the one that keeps ours from starting.
    const isThere = identity === null || (await table.holdsListener(identity.pid, port))
    if (isOver()) return
    if (!isThere) return ended()
    if (!isJson) {
      if (clock.now().mono - answeredAt < hungAfterMs) return
      const now = await identify()
      if (isOver()) return
      failedRpcs = now?.kind === 'adopted' && now.unwell === null ? 0 : failedRpcs + 1
      if (failedRpcs < rpcMisses) return
    }
    seen(problem('GATEWAY_MISSED_PROBES', { misses }))
  })
}
