import type { EventPayload, HostEvent } from '../../shared/host-api.ts'

/** Who wants to hear of which event. */
export class EventListeners {
  readonly #listeners = new Map<HostEvent, Set<(payload: never) => void>>()

  /** Returns the function that ends the subscription. */
  add<E extends HostEvent>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  /** `payload` has passed the schema of `event`. */
  tell(event: HostEvent, payload: EventPayload<HostEvent>): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never)
  }
}
