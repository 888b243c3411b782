import type { EventPayload, HostEvent } from '../../shared/host-api.ts'

type AnyListener = <E extends HostEvent>(event: E, payload: EventPayload<E>) => void

/** The contract's events inside the host. One listener's failure is not the next one's. */
export class HostEvents {
  readonly #listeners = new Set<AnyListener>()

  emit<E extends HostEvent>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners) listener(event, payload)
  }

  /** Returns the function that ends the subscription. */
  onAny(listener: AnyListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
