import { exitCode } from '../../../shared/exit-codes.ts'
import { fieldsOf, isFields, listOf, numberOf } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import { problemSchema } from '../../../shared/problem-schema.ts'
import type { SessionsListParams } from '../../../shared/protocol/session-params.ts'
import type { SessionsOptions } from '../commands/sessions.ts'
import { type OpenedLine, openLine } from '../gateway-call/gateway-line.ts'
import { type FilesHere, stateBeside } from '../gateway-call/state-here.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { withProgress } from '../slow-progress.ts'
import { tableLines } from '../table.ts'
import { sayJson, sayLine, tellProblem, tellUsage } from '../tell.ts'
import { wholeNumber } from '../whole-number.ts'
import { sessionFacts, sessionForm, sessionRow } from './session-rows.ts'

/** What was read, and from where. */
interface Sessions {
  readonly payload: Readonly<Record<string, unknown>>
  /** Why the gateway did not tell; null where it did. */
  readonly problem: Problem | null
}

/** Shows the sessions; resolves to the exit code. */
export async function showSessions(options: SessionsOptions): Promise<number> {
  const params = paramsOf(options)
  if (typeof params === 'string') {
    tellUsage(params)
    return exitCode.wrongUsage
  }
  const isJson = options.json === true
  const line = await withProgress('Asking the gateway', !isJson, openLine(undefined))
  const here = await stateBeside(line)
  const reading = readSessions(line, here, params, options.timeout)
  const { payload, problem } = here.masker.deep(await withProgress('Asking the gateway', !isJson, reading))
  const sessions = sessionFacts(payload.sessions, payload.defaults, Date.now())
  if (isJson) {
    const listed = listOf(payload.sessions).map((session, at) => ({
      ...fieldsOf(session),
      ageMs: sessions[at]?.ageMs ?? null,
    }))
    const gateway = { reachable: problem === null, problem }
    sayJson({ ok: true, ...payload, activeMinutes: params.activeMinutes ?? null, sessions: listed, gateway })
    return exitCode.done
  }
  if (problem) tellProblem(problem)
  for (const found of listOf(payload.problems)) {
    const read = problemSchema.safeParse(found)
    if (read.success) tellProblem(read.data)
  }
  if (problem) sayLine(`As they lie on disk, in ${here.paths.stateDir}:`)
  if (sessions.length === 0)
    sayLine(params.activeMinutes ? 'None was used in that time.' : 'There are none yet.')
  else {
    sayLines(tableLines(sessions.map(sessionRow), outputLook(), sessionForm))
  }
  const total = numberOf(payload.total) ?? sessions.length
  if (total > sessions.length) sayLine(`${sessions.length} of ${total}; more with --limit ${total}`)
  return exitCode.done
}

async function readSessions(
  line: OpenedLine,
  here: FilesHere,
  params: SessionsListParams,
  timeoutMs: number,
): Promise<Sessions> {
  const problem = await askSessions(line, params, timeoutMs)
  if (!('code' in problem)) return { payload: problem.payload, problem: null }
  const { listSessions } = await import('../../sessions/read/list-sessions.ts')
  return { payload: { ...(await listSessions(here.state, params)) }, problem }
}

async function askSessions(
  line: OpenedLine,
  params: SessionsListParams,
  timeoutMs: number,
): Promise<Pick<Sessions, 'payload'> | Problem> {
  if (line.kind === 'problem') return line.problem
  if (line.kind === 'wrongUsage') return { code: 'INTERNAL', params: { detail: line.detail } }
  try {
    const order = { method: 'sessions.list', params, scopes: ['operator.read'], timeoutMs } as const
    const answer = await line.call(order)
    if (!answer.ok) return answer
    return isFields(answer.payload)
      ? { payload: answer.payload }
      : { code: 'INTERNAL', params: { detail: 'sessions.list was answered with no object' } }
  } finally {
    line.close()
  }
}

function paramsOf({ limit, active, agent }: SessionsOptions): SessionsListParams | string {
  const most = limit === undefined ? undefined : wholeNumber(limit, 100_000)
  const minutes = active === undefined ? undefined : wholeNumber(active, 10_000_000)
  if (most === null) return '--limit must be a whole number from 1 to 100000'
  if (minutes === null) return '--active must be a whole number of minutes, at least 1'
  if (agent !== undefined && !/^.{1,512}$/.test(agent)) return '--agent must be the id of an agent'
  return {
    includeGlobal: true,
    ...(most === undefined ? {} : { limit: most }),
    ...(minutes === undefined ? {} : { activeMinutes: minutes }),
    ...(agent === undefined ? {} : { agentId: agent }),
  }
}
