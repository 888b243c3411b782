import type { ClientConnection } from './client-connection.ts'
import { type HelloFacts, stateVersion } from './hello.ts'

/** Many changes together make one message. */
const announceMs = 100
/** What all messages about presence may be together, bytes a second: with many clients they come less often. */
const bytesPerSecond = 10_000_000

/** Returns what is to be called after each change: each client hears soon who is here now, unless it knows. */
export function announcePresence(
  facts: Pick<HelloFacts, 'presence' | 'healthVersion'>,
  clients: ReadonlySet<ClientConnection>,
): () => void {
  const { presence } = facts
  let isAnnounced = false
  let waitMs = announceMs

  function announce(): void {
    isAnnounced = false
    const version = presence.version()
    const behind = [...clients].filter((client) => (client.knownPresence() ?? version) < version)
    if (behind.length === 0) return
    const payload = JSON.stringify({ presence: presence.list() })
    const event = { event: 'presence', payload, stateVersion: JSON.stringify(stateVersion(facts)) }
    for (const client of behind) client.sendPresence(event, version)
    waitMs = Math.max(announceMs, ((payload.length * behind.length) / bytesPerSecond) * 1_000)
  }

  return () => {
    if (isAnnounced) return
    isAnnounced = true
    setTimeout(announce, waitMs).unref()
  }
}
