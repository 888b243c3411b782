import type { EventPayload, HostEvent } from '../../shared/host-api.ts'

type AnyListener = <E extends HostEvent>(event: E, payload: EventPayload<E>) => void

/** The contract's events inside the host. One listener's failure is not the next one's. */
export class HostEvents {
  /** Each with the client it listens for, if any. */
  readonly #listeners = new Map<AnyListener, string | undefined>()
  readonly #mask: <T>(payload: T) => T

  /** `mask` takes known secrets out of what is told. */
  constructor(mask: <T>(payload: T) => T = (payload) => payload) {
    this.#mask = mask
  }

  emit<E extends HostEvent>(event: E, payload: EventPayload<E>): void {
    if (this.#listeners.size === 0) return
    const masked = this.#mask(payload)
    for (const listener of this.#listeners.keys()) listener(event, masked)
  }

  /** For one client (see `Caller`) and nobody else. */
  emitTo<E extends HostEvent>(client: string, event: E, payload: EventPayload<E>): void {
    for (const [listener, of] of this.#listeners) if (of === client) listener(event, this.#mask(payload))
  }

  /**
   * Hears what is told to all, and what is told to `client` alone. Returns the function that ends the
   * subscription.
   */
  onAny(listener: AnyListener, client?: string): () => void {
    this.#listeners.set(listener, client)
    return () => this.#listeners.delete(listener)
  }
}
