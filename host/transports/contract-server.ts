import {
  type Caller,
  type HostEvent,
  type HostHandlers,
  hostCalls,
  type Surface,
} from '../../shared/host-api.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import { clientFrameSchema, type HostFrame } from '../../shared/wire.ts'
import { openCaller } from './caller.ts'
import type { HostEvents } from './host-events.ts'

/** One client of the contract, whichever wire it came over. */
export interface ContractSession {
  /** Takes one frame from the client; false where it was no frame and the wire should be closed. */
  receive(text: string): boolean
  close(): void
}

interface Wire {
  readonly surface: Surface
  send(frame: HostFrame): void
}

/** Serves the contract over any wire: validates, calls, answers, and sends the events once asked for. */
export function serveContract(handlers: HostHandlers, events: HostEvents, wire: Wire): ContractSession {
  const caller = openCaller(wire.surface)
  let unsubscribe = () => {}
  return {
    receive(text) {
      const frame = clientFrameSchema.safeParse(parseJson(text))
      if (!frame.success) return false
      if ('subscribe' in frame.data) {
        unsubscribe()
        unsubscribe = events.onAny(
          (event: HostEvent, payload) => wire.send({ event, payload }),
          caller.client,
        )
        return true
      }
      const { id, call, args } = frame.data
      void answer(handlers, caller, call, args).then((outcome) => wire.send({ id, ...outcome }))
      return true
    },
    close() {
      unsubscribe()
      caller.leave()
    },
  }
}

/** What a call came to, in the form in which it crosses every wire. */
export type Outcome = { ok: true; value: unknown } | ({ ok: false } & Problem)

/** Checks one call of a client against the contract and makes it in its name; never rejects. */
export async function answer(
  handlers: HostHandlers,
  caller: Caller,
  call: string,
  args: readonly unknown[],
): Promise<Outcome> {
  if (!isCall(call)) return refuse(problem('CALL_UNKNOWN', { call }))
  const { args: schema } = hostCalls[call]
  const surfaces: readonly Surface[] = hostCalls[call].surfaces
  if (!surfaces.includes(caller.surface)) return refuse(problem('CALL_NOT_HERE', { call }))
  const checked = schema.safeParse(args)
  if (!checked.success) {
    return refuse(
      problem('CALL_ARGUMENTS', { call, detail: checked.error.issues[0]?.message ?? 'unexpected' }),
    )
  }
  try {
    // The table pairs each call with its own arguments; TypeScript cannot follow that through a union.
    const handler = handlers[call] as (...args: readonly unknown[]) => unknown
    return { ok: true, value: await handler(...checked.data, caller) }
  } catch (error) {
    if (error instanceof ProblemError) return refuse(error.problem)
    return refuse(problem('INTERNAL', { detail: error instanceof Error ? error.message : String(error) }))
  }
}

function isCall(name: string): name is keyof typeof hostCalls {
  return Object.hasOwn(hostCalls, name)
}

function refuse(found: Problem): Outcome {
  return { ok: false, ...found }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
