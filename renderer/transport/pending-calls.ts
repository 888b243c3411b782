import type { HostCall } from '../../shared/host-api.ts'
import type { CallOutcome } from '../../shared/host-client.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { HostFrame } from '../../shared/wire.ts'
import { readOutcome } from './read-outcome.ts'

type Answer = Extract<HostFrame, { id: number }>

/** Pairs answers with calls, and checks each against the contract. */
export class PendingCalls {
  readonly #waiting = new Map<number, (answer: Answer | Problem) => void>()
  #nextId = 1

  add<C extends HostCall>(call: C, send: (id: number) => void): Promise<CallOutcome<C>> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => resolve(readOutcome(call, answer)))
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
