import { loopback } from '../../shared/endpoints.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { fetchLiveness } from '../gateway-client/fetch-liveness.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { whoListens } from '../processes/who-listens.ts'
import type { OtherGateway } from '../supervisor/state.ts'
import { findLockHolder } from './find-lock-holder.ts'

export interface IdentityQuestion {
  readonly port: number
  /** Of our state: a gateway that holds its lock is one for it. */
  readonly configPath: string
  readonly table: Pick<ProcessTable, 'findListener' | 'describe'>
  /** Read anew; may reject where no secret can be read just now. */
  readToken(): Promise<string>
}

export interface Identified {
  readonly other: OtherGateway
  /** Null where it does not name one. */
  readonly version: string | null
}

const livenessLimitMs = 1_000
const askLimitMs = 3_000

/**
 * Whether a Moltbot gateway listens on 127.0.0.1:`port`, and whether it is one for our state: of this user,
 * and it accepts our token, or holds the lock of our state. Null for any other program, and for nobody.
 * The token goes to a process of this user that has spoken the protocol first; any other program hears
 * nothing but two questions without it.
 */
export async function identifyGateway(question: IdentityQuestion): Promise<Identified | null> {
  const { port, table, configPath } = question
  const listener = await whoListens(port, table)
  if (listener.kind === 'nobody') return null
  if (listener.kind === 'others') return identifyOthers(port, listener)
  const { pid, startTime, program, user } = listener.process
  const identity = { pid, startTime }
  const asked = await askOwn(question)
  if (asked.kind === 'accepted') {
    return { other: { kind: 'adopted', identity, program, unwell: null }, version: asked.version }
  }
  const { found } = asked
  if (found.code === 'GATEWAY_REFUSED_TOKEN') {
    return { other: { kind: 'foreign', identity, program, user, problem: found }, version: null }
  }
  const holder = await findLockHolder({ configPath, table })
  if (holder?.pid !== pid) return null
  return { other: { kind: 'adopted', identity, program, unwell: found }, version: null }
}

/** Another user's is only asked what it tells everybody. */
async function identifyOthers(
  port: number,
  {
    user,
    process: found,
  }: { user: string; process: { pid: number; startTime: string; program: string } | null },
): Promise<Identified | null> {
  const liveness = await fetchLiveness({ port, timeoutMs: livenessLimitMs })
  const isGateway = liveness.kind === 'live' || (await greets(port))
  if (!isGateway) return null
  const identity = found && { pid: found.pid, startTime: found.startTime }
  const program = found?.program ?? ''
  const why: Problem = found
    ? problem('GATEWAY_FOREIGN', { port, pid: found.pid, program, user })
    : problem('PORT_IN_USE_UNKNOWN', { port, user })
  const version = liveness.kind === 'live' ? liveness.version : null
  return { other: { kind: 'foreign', identity, program, user, problem: why }, version }
}

/** Loaded only where a port is taken: an ordinary start needs no WebSocket. */
async function greets(port: number): Promise<boolean> {
  const { hearsChallenge } = await import('../gateway-client/hears-challenge.ts')
  return hearsChallenge(port, askLimitMs)
}

async function askOwn({
  port,
  readToken,
}: IdentityQuestion): Promise<
  { kind: 'accepted'; version: string | null } | { kind: 'not'; found: Problem }
> {
  const token = await readToken().catch(() => null)
  if (token === null) {
    const detail = 'the token cannot be read just now'
    return { kind: 'not', found: problem('GATEWAY_UNREACHABLE', { url: `ws://${loopback}:${port}`, detail }) }
  }
  const { requestHealth } = await import('../gateway-client/request-health.ts')
  const outcome = await requestHealth({ port, token, timeoutMs: askLimitMs })
  if (outcome.ok) return { kind: 'accepted', version: outcome.version }
  return { kind: 'not', found: { code: outcome.code, params: outcome.params } as Problem }
}
