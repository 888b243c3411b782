import type { EventPayload, HostEvent } from '../../shared/host-api.ts'

type AnyListener = <E extends HostEvent>(event: E, payload: EventPayload<E>) => void

/** The contract's events inside the host. One listener's failure is not the next one's. */
export class HostEvents {
  readonly #listeners = new Set<AnyListener>()
  readonly #mask: <T>(payload: T) => T

  /** `mask` takes known secrets out of what is told. */
  constructor(mask: <T>(payload: T) => T = (payload) => payload) {
    this.#mask = mask
  }

  emit<E extends HostEvent>(event: E, payload: EventPayload<E>): void {
    if (this.#listeners.size === 0) return
    const masked = this.#mask(payload)
    for (const listener of this.#listeners) listener(event, masked)
  }

  /** Returns the function that ends the subscription. */
  onAny(listener: AnyListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
