import type { CallArgs, CallResult, EventPayload, HostCall, HostEvent } from './host-api.ts'
import type { Problem } from './problem.ts'

export type CallOutcome<C extends HostCall> =
  | { readonly ok: true; readonly value: CallResult<C> }
  | ({ readonly ok: false } & Problem)

/** What every surface holds of the host, whichever transport carries it. */
export interface HostClient {
  call<C extends HostCall>(call: C, ...args: CallArgs<C>): Promise<CallOutcome<C>>
  /** Returns the function that ends the subscription. */
  on<E extends HostEvent>(event: E, listener: (payload: EventPayload<E>) => void): () => void
}
