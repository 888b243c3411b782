import type { LogTarget } from '../../host/config/log-path.ts'

/** One visit: an HTTP request that was answered, or a WebSocket client that came, was refused, or left. */
export interface AccessEntry {
  readonly kind: 'http' | 'connect' | 'refused' | 'disconnect'
  /** Address of the peer, as the kernel says. */
  readonly from: string
  /** Present where a trusted proxy named the visitor; never grants anything. */
  readonly forwardedFor?: string
  readonly connId?: string
  /** `GET /health`; no query, since that may hold a secret. */
  readonly request?: string
  readonly status?: number
  /** Why it was refused, or why it ended: a short code. */
  readonly reason?: string
  /** What a client calls itself; control characters and known secrets are taken out. */
  readonly client?: { readonly id: string; readonly mode: string; readonly version: string }
  readonly durationMs?: number
}

/** Who connected, from where, with what result; no secret. Never throws, never waits. */
export interface AccessLog {
  write(entry: AccessEntry): void
  /** Null where it cannot be written. */
  path(): string | null
  /** Where the next lines go; for a change of the configuration. */
  moveTo(target: LogTarget): void
  close(): void
}

export function isRefusal({ kind, status = 0 }: AccessEntry): boolean {
  return kind === 'refused' || (kind === 'http' && status >= 400)
}
