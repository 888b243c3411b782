import type { EventPayload, HostCall, HostEvent } from '../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../shared/host-client.ts'
import type { Host } from '../host.ts'
import { openCaller } from './caller.ts'
import { answer } from './contract-server.ts'

/** The contract of a host in this very process, checked as on every wire. */
export function clientOf({ handlers, events }: Pick<Host, 'handlers' | 'events'>): HostClient {
  const caller = openCaller('socket')
  return {
    call<C extends HostCall>(call: C, ...args: unknown[]): Promise<CallOutcome<C>> {
      return answer(handlers, caller, call, args) as Promise<CallOutcome<C>>
    },
    on<E extends HostEvent>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
      return events.onAny((name, payload) => {
        if ((name as HostEvent) === event) listener(payload as unknown as EventPayload<E>)
      }, caller.client)
    },
  }
}
