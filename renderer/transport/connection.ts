import type { HostClient } from '../../shared/host-client.ts'
import type { Problem } from '../../shared/problem.ts'

/**
 *  connecting ──► connected ◄──► lost {since}
 *       │             │ the host's words cannot be read
 *       │             └──────────► unreadable
 *       └─ no key, or refused ───► sessionRequired ── an address with a code ──► connecting
 */
export type Connection =
  | { readonly name: 'connecting' }
  | { readonly name: 'connected' }
  /** `since`: when the host was last heard, ms since 1970. */
  | { readonly name: 'lost'; readonly since: number }
  | { readonly name: 'unreadable'; readonly problem: Problem }
  | { readonly name: 'sessionRequired'; readonly problem: Problem }

/** A client that can lose its host and find it again. Events flow from `connected` on. */
export interface HostLink {
  readonly client: HostClient
  onConnection(listener: (connection: Connection) => void): void
  /** Begins; the listeners should be in place. */
  open(): void
  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void
}
