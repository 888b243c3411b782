import { z } from 'zod'
import { type HostCall, hostCalls } from '../../shared/host-api.ts'
import type { CallOutcome } from '../../shared/host-client.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { problemSchema } from '../../shared/problem-schema.ts'
import { explain } from './read-frame.ts'

const doneSchema = z.object({ ok: z.literal(true), value: z.unknown() })

/** Checks what a transport brought as the answer to `call` against the contract. */
export function readOutcome<C extends HostCall>(call: C, answer: unknown): CallOutcome<C> {
  const done = doneSchema.safeParse(answer)
  if (done.success) {
    const value = hostCalls[call].result.safeParse(done.data.value)
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
