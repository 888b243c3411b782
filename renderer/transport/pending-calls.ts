import { type HostCall, hostCalls } from '../../shared/host-api.ts'
import type { CallOutcome } from '../../shared/host-client.ts'
import { type Problem, problem, problemSchema } from '../../shared/problem.ts'
import type { HostFrame } from '../../shared/wire.ts'
import { explain } from './read-frame.ts'

type Answer = Extract<HostFrame, { id: number }>

/** Pairs answers with calls, and checks each against the contract. */
export class PendingCalls {
  readonly #waiting = new Map<number, (answer: Answer | Problem) => void>()
  #nextId = 1

  add<C extends HostCall>(call: C, send: (id: number) => void): Promise<CallOutcome<C>> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => resolve(outcomeOf(call, answer)))
      send(id)
    })
  }

  settle(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer)
    this.#waiting.delete(answer.id)
  }

  /** The connection is gone: whether the host acted on a call cannot be known. */
  failAll(): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const resolve of waiting) resolve(problem('CONNECTION_LOST', {}))
  }
}

function outcomeOf<C extends HostCall>(call: C, answer: Answer | Problem): CallOutcome<C> {
  if ('id' in answer && answer.ok) {
    const value = hostCalls[call].result.safeParse(answer.value)
    if (!value.success) return unreadable(call, explain(value.error))
    // The schema of this very call has just accepted it; TypeScript does not pair the two by C.
    return { ok: true, value: value.data } as CallOutcome<C>
  }
  const refusal = problemSchema.safeParse(answer)
  return refusal.success ? { ok: false, ...refusal.data } : unreadable(call, 'no code')
}

function unreadable(call: HostCall, detail: string): { ok: false } & Problem {
  return { ok: false, ...problem('ANSWER_UNREADABLE', { call, detail }) }
}
