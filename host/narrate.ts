import { loopback } from '../shared/endpoints.ts'
import { faceOf, isOthers } from '../shared/gateway-state.ts'
import type { ProblemCode } from '../shared/problem.ts'
import type { TimelineEntry } from '../shared/timeline.ts'
import { sayProblem, saySentence } from './terminal.ts'
import type { HostEvents } from './transports/host-events.ts'

/** For whoever reads the journal of a host without a desktop: there is no notification there. */
function tellOfBackup({ kind, problem }: Pick<TimelineEntry, 'kind' | 'problem'>): void {
  if (kind === 'backupFailed' && problem) void sayProblem(problem)
  if (kind === 'backupOverdue') saySentence('The daily backup is overdue. See: moltbot backup list')
}

const phaseWord = {
  running: 'running',
  starting: 'starting',
  stopping: 'stopping',
  stopped: 'stopped; nothing is started beside it',
  failed: 'in a failed state; see: moltbot service status',
} as const

/**
 * Tells whoever watches the terminal what becomes of the gateway; the page has the whole story.
 * `said` is a problem that was told already and need not be told again.
 */
export function narrate(events: HostEvents, said: ProblemCode | null): void {
  let told: string | null = null
  events.onAny((event, payload) => {
    if (event === 'timeline.appended' && 'kind' in payload) return tellOfBackup(payload)
    if (event !== 'gateway.changed' || !('crashes' in payload)) return
    const { state, port } = payload
    const now = isOthers(state) ? `${state.name} ${faceOf(state)}` : state.name
    if (now === told) return
    told = now
    switch (state.name) {
      case 'running':
        return saySentence(`The gateway runs at http://${loopback}:${port} (pid ${state.pid}).`)
      case 'stopped':
        return saySentence('The gateway is stopped.')
      case 'failed':
        return state.problem.code === said ? undefined : void sayProblem(state.problem)
      case 'degraded':
        return void sayProblem(state.why)
      case 'backingOff':
        return void sayProblem(state.cause)
      case 'adopted':
        if (state.unwell) return void sayProblem(state.unwell)
        return saySentence(
          `A gateway runs already at http://${loopback}:${port} (${state.program}, pid ${state.pid}). It is only watched.`,
        )
      case 'foreign':
        return void sayProblem(state.problem)
      case 'serviceManaged':
        if (state.unwell) return void sayProblem(state.unwell)
        return saySentence(
          `The gateway’s service ${state.unit} (${state.manager}) is ${phaseWord[state.phase]}.`,
        )
    }
  })
}
