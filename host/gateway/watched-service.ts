import { existsSync } from 'node:fs'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import { fetchLiveness } from '../gateway-client/fetch-liveness.ts'
import type { ServiceManager, ServiceStatus } from '../gateway-service/service-manager.ts'
import { inTurn } from '../logs/in-turn.ts'
import { isSameProcess, type ProcessIdentity, type ProcessTable } from '../processes/process-table.ts'
import type { SupervisorFigures } from '../supervisor/figures.ts'
import type { ServiceAct, ServiceSighting } from '../supervisor/state.ts'
import type { GatewayService } from '../supervisor/supervisor.ts'

interface ServiceParts {
  readonly clock: Clock
  readonly table: Pick<ProcessTable, 'identify'>
  readonly figures: Pick<
    SupervisorFigures,
    'probeEveryMs' | 'probeLimitMs' | 'missesUntilDegraded' | 'stuckStartMs'
  >
  /** Null where there is neither systemd nor launchd. */
  readonly manager: Pick<ServiceManager, 'kind' | 'unit' | 'path' | 'status' | ServiceAct> | null
  port(): number
  met(version: string | null): void
}

const askLimitMs = 1_000
/** With the session itself still starting, a manager is slow; a gateway beside its service would be worse. */
const askLimitWithFileMs = 5_000
/** Until it has answered for the first time. */
const startingLookMs = 200
/** While the process is the same, its manager is asked only now and then: each question is a process. */
const askManagerLooks = 10

/** The gateway's service as the supervisor sees it. What signals its processes is its manager alone. */
export class WatchedService implements GatewayService {
  readonly #parts: ServiceParts
  /** Changes that were asked for, and that have ended: what was seen while one was under way says nothing. */
  #asked = 0
  #ended = 0
  /** Asked of it at once, a manager gives up the one for the other, or does them the other way round. */
  readonly #changeTurn = inTurn()
  /** Stopped from here, it stays the service's also where no session would start it. */
  #isStoppedByUs = false
  #lookNow: () => void = () => {}

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  async ask(): Promise<ServiceSighting | null> {
    const { manager } = this.#parts
    if (!manager) return null
    const limitMs = existsSync(manager.path) ? askLimitWithFileMs : askLimitMs
    const status = await Promise.race([this.#status(), tooLate(limitMs)])
    if (!status?.ok || status.active === 'unknown' || !this.#isManaged(status)) return null
    const answers = status.active === 'active' && (await this.#answer(this.#parts.port())).kind === 'well'
    return this.#sight(status, answers ? 'running' : 'starting', null)
  }

  change(act: ServiceAct): Promise<Problem | null> {
    this.#asked += 1
    const nth = this.#asked
    return this.#changeTurn(async () => {
      const { manager } = this.#parts
      try {
        // Another was asked for after it: that one alone counts.
        if (!manager || nth !== this.#asked) return null
        const refusal = await manager[act]()
        if (!refusal) this.#isStoppedByUs = act === 'stop'
        return nth === this.#asked ? refusal : null
      } finally {
        this.#ended += 1
        this.#lookNow()
      }
    })
  }

  /** Resolves when every change that was asked for has been made or refused. */
  settled(): Promise<void> {
    return this.#changeTurn(async () => {})
  }

  watch(port: number, { seen, gone }: Parameters<GatewayService['watch']>[1]): () => void {
    const { clock, table, figures } = this.#parts
    let isOver = false
    let identity: ProcessIdentity | null = null
    let last: ServiceStatus | null = null
    let looks = 0
    let misses = 0
    let hasAnswered = false
    let activeSince = clock.now().mono
    let isLooking = false
    let isAskedAgain = false
    let cancel = clock.after(figures.probeEveryMs, run)

    const look = async (): Promise<void> => {
      const ended = this.#ended
      const isStale = () => isOver || this.#asked !== ended || this.#ended !== ended
      const isSame = last?.active === 'active' && identity !== null && isSameProcess(table, identity)
      if (!isSame || looks++ % askManagerLooks === 0) {
        const status = await this.#status()
        if (isStale()) return
        if (!status?.ok || status.active === 'unknown') {
          // Nobody knows: what was seen last stays, with the reason.
          if (last && status && !status.ok) seen(this.#sight(last, phaseWhileActive(), asProblem(status)))
          return
        }
        if (!this.#isManaged(status)) return gone()
        if (status.active === 'active') this.#isStoppedByUs = false
        const now = status.pid === null ? null : table.identify(status.pid)
        if (now?.pid !== identity?.pid || now?.startTime !== identity?.startTime) {
          identity = now
          hasAnswered = false
          misses = 0
          activeSince = clock.now().mono
        }
        last = status
      }
      if (!last) return
      const answer = last.active === 'active' ? await this.#answer(port) : null
      if (isStale()) return
      if (answer?.kind === 'silent') misses += 1
      else misses = 0
      if (answer && answer.kind !== 'silent') hasAnswered = true
      const isSilent = misses >= figures.missesUntilDegraded && phaseWhileActive() === 'running'
      const unwell = isSilent
        ? problem('GATEWAY_MISSED_PROBES', { misses })
        : answer?.kind === 'unwell'
          ? answer.problem
          : null
      seen(this.#sight(last, phaseWhileActive(), unwell))
    }

    /** Its manager calls it active as soon as the process exists; it runs once it has answered. */
    function phaseWhileActive(): 'running' | 'starting' {
      return hasAnswered || clock.now().mono - activeSince > figures.stuckStartMs ? 'running' : 'starting'
    }

    function run(): void {
      if (isOver) return
      if (isLooking) {
        isAskedAgain = true
        return
      }
      isLooking = true
      isAskedAgain = false
      cancel()
      void look()
        .catch(() => {}) // a look that fails has seen nothing
        .then(() => {
          isLooking = false
          const isStarting = last?.active === 'active' && phaseWhileActive() === 'starting'
          const delayMs = isAskedAgain ? 0 : isStarting ? startingLookMs : figures.probeEveryMs
          if (!isOver) cancel = clock.after(delayMs, run)
        })
    }
    const lookNow = () => {
      last = null
      run()
    }
    this.#lookNow = lookNow

    return () => {
      isOver = true
      cancel()
      if (this.#lookNow === lookNow) this.#lookNow = () => {}
    }
  }

  #sight(
    status: ServiceStatus,
    whileActive: 'running' | 'starting',
    unwell: Problem | null,
  ): ServiceSighting {
    const { kind, unit } = this.#parts.manager ?? { kind: 'systemd', unit: '' }
    const phase = phaseOf(status, whileActive)
    const ended =
      phase === 'failed' && status.ended
        ? problem('GATEWAY_SERVICE_ENDED', { manager: kind, unit, exit: status.ended })
        : null
    return { manager: kind, unit, phase, pid: status.pid, unwell: unwell ?? ended }
  }

  /** A unit that no session starts and that does not run leaves the gateway to us. */
  #isManaged({ enabled, active }: ServiceStatus): boolean {
    if (active === 'active' || active === 'activating') return true
    return active !== 'unloaded' && (enabled === true || this.#isStoppedByUs)
  }

  async #answer(
    port: number,
  ): Promise<{ kind: 'well' } | { kind: 'silent' } | { kind: 'unwell'; problem: Problem }> {
    const liveness = await fetchLiveness({ port, timeoutMs: this.#parts.figures.probeLimitMs })
    if (liveness.kind === 'silent') return { kind: 'silent' }
    if (liveness.kind === 'live') this.#parts.met(liveness.version)
    if (liveness.kind === 'live' || liveness.isForeign) return { kind: 'well' }
    return { kind: 'unwell', problem: problem('GATEWAY_UNWELL', { reason: liveness.reason }) }
  }

  #status(): Promise<Awaited<ReturnType<ServiceManager['status']>> | null> {
    return this.#parts.manager?.status().catch(() => null) ?? Promise.resolve(null)
  }
}

function phaseOf({ active }: ServiceStatus, whileActive: 'running' | 'starting'): ServiceSighting['phase'] {
  switch (active) {
    case 'active':
      return whileActive
    case 'activating':
      return 'starting'
    case 'failed':
      return 'failed'
    case 'inactive':
    case 'unloaded':
    case 'unknown':
      return 'stopped'
  }
}

function asProblem({ code, params }: Problem): Problem {
  return { code, params } as Problem
}

function tooLate(limitMs: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(resolve, limitMs, null).unref()
  })
}
