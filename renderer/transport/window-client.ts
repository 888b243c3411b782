import type { CallArgs, EventPayload, HostCall, HostEvent } from '../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../shared/host-client.ts'
import { problem } from '../../shared/problem.ts'
import type { WindowBridge } from '../../shared/window-bridge.ts'
import type { Connection, HostLink } from './connection.ts'
import { EventListeners } from './event-listeners.ts'
import { readEvent } from './read-frame.ts'
import { readOutcome } from './read-outcome.ts'

declare global {
  interface Window {
    /** There in the desktop application's window only; `windowBridgeName` names it. */
    readonly moltbotWindow?: WindowBridge
  }
}

/** The contract over the bridge of the desktop application's window, which the host's own process keeps open. */
export class WindowClient implements HostLink, HostClient {
  readonly client: HostClient = this
  readonly #bridge: WindowBridge
  readonly #now: () => number
  readonly #listeners = new EventListeners()
  readonly #connectionListeners: ((connection: Connection) => void)[] = []
  #connection: Connection = { name: 'connecting' }
  #unsubscribe: (() => void) | null = null

  constructor(bridge: WindowBridge, now: () => number) {
    this.#bridge = bridge
    this.#now = now
  }

  onConnection(listener: (connection: Connection) => void): void {
    this.#connectionListeners.push(listener)
  }

  open(): void {
    this.#unsubscribe ??= this.#bridge.subscribe((event, payload) => this.#received(event, payload))
    this.#become({ name: 'connected' })
  }

  retryNow(): void {
    if (this.#connection.name === 'lost') this.open()
  }

  async call<C extends HostCall>(call: C, ...args: CallArgs<C>): Promise<CallOutcome<C>> {
    const outcome = readOutcome(call, await this.#bridge.call(call, args))
    // The application is about to end and this window with it; what it shows is no longer true.
    if (!outcome.ok && outcome.code === 'CONNECTION_LOST' && this.#connection.name === 'connected') {
      this.#become({ name: 'lost', since: this.#now() })
    }
    return outcome
  }

  on<E extends HostEvent>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    return this.#listeners.add(event, listener)
  }

  #received(name: string, payload: unknown): void {
    const event = readEvent(name, payload)
    if (event.name === 'event') return this.#listeners.tell(event.event, event.payload)
    // Another version's event is no harm; one of ours that cannot be read is.
    if (event.name === 'unknown') return
    this.#unsubscribe?.()
    this.#unsubscribe = null
    this.#become({
      name: 'unreadable',
      problem: problem('ANSWER_UNREADABLE', { call: name, detail: event.detail }),
    })
  }

  #become(connection: Connection): void {
    this.#connection = connection
    for (const listener of this.#connectionListeners) listener(connection)
  }
}
