import { type Problem, problem } from '../../shared/problem.ts'
import { maxClientFrameBytes } from '../../shared/wire.ts'
import { pageOrigin } from '../page-address.ts'

/** As large as the other transports let a whole frame be. */
const maxWeight = maxClientFrameBytes
const maxArguments = 4
const maxNameChars = 64
const maxDepth = 16

interface Sender {
  /** Null where the frame has gone since. */
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null
  readonly sender: { readonly id: number }
}

/** Whether a message is from the top frame of our own page in the window `contentsId`. */
export function isFromPage(event: Sender, contentsId: number | null): boolean {
  const frame = event.senderFrame
  return (
    frame !== null && frame.parent === null && frame.origin === pageOrigin && event.sender.id === contentsId
  )
}

export type ReadCall =
  | { readonly ok: true; readonly call: string; readonly args: readonly unknown[] }
  | ({ readonly ok: false } & Problem)

/** Reads `(call, args)` as sent; what is not small plain data is refused before anything else walks it. */
export function readCall(given: readonly unknown[]): ReadCall {
  const [call, args] = given
  if (given.length !== 2 || typeof call !== 'string' || call.length > maxNameChars) {
    return { ok: false, ...problem('CALL_UNKNOWN', { call: '' }) }
  }
  if (!Array.isArray(args) || args.length > maxArguments || weigh(args, maxWeight, maxDepth) < 0) {
    return { ok: false, ...problem('CALL_ARGUMENTS', { call, detail: 'not small plain data' }) }
  }
  return { ok: true, call, args }
}

/** What is left of `budget` after one value; negative where it is too much, too deep, or no plain data. */
function weigh(value: unknown, budget: number, depth: number): number {
  if (typeof value === 'string') return budget - value.length - 2
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return budget - 8
  if (typeof value !== 'object' || depth === 0) return -1
  if (Array.isArray(value)) {
    let left = budget - value.length - 2
    for (let index = 0; index < value.length && left >= 0; index++)
      left = weigh(value[index], left, depth - 1)
    return left
  }
  // Structured clones of buffers, maps, dates and errors have other prototypes.
  if (Object.getPrototypeOf(value) !== Object.prototype) return -1
  let left = budget
  for (const name in value) {
    left = weigh(Reflect.get(value, name), left - name.length - 4, depth - 1)
    if (left < 0) break
  }
  return left
}
