import type { ConnectParams } from '../../shared/protocol/connect.ts'
import type { PresenceEntry } from '../../shared/protocol/methods.ts'

/** Who is connected, and who was a short time ago. */
export interface Presence {
  /** Rises with each change. */
  version(): number
  /** Newest first, at most 200. */
  list(): PresenceEntry[]
  join(connId: string, params: ConnectParams): void
  leave(connId: string): void
}

export interface PresencePorts {
  readonly now: () => number
  /** Takes known secrets out of what a client says of itself. */
  readonly redact: (text: string) => string
  readonly changed: () => void
}

/** As in Moltbot. */
const leftListedMs = 5 * 60_000
const maxEntries = 200

interface Known {
  readonly facts: Omit<PresenceEntry, 'ts' | 'reason'>
  leftAt: number | null
}

/**
 * A client that names its instance stays listed for five minutes after it left, until it is back; one
 * that does not, such as a single question of the command line, is forgotten at once.
 */
export function createPresence({ now, redact, changed }: PresencePorts): Presence {
  const known = new Map<string, Known>()
  let version = 0

  function change(): void {
    version += 1
    changed()
  }

  function prune(): void {
    for (const [connId, { leftAt }] of known) {
      if (leftAt !== null && now() - leftAt > leftListedMs) known.delete(connId)
    }
    const left = [...known].filter(([, { leftAt }]) => leftAt !== null)
    left.sort(([, one], [, other]) => (one.leftAt ?? 0) - (other.leftAt ?? 0))
    for (const [connId] of left.slice(0, Math.max(0, known.size - maxEntries))) known.delete(connId)
  }

  return {
    version: () => version,
    list() {
      prune()
      const entries = [...known.values()].map(
        ({ facts, leftAt }): PresenceEntry => ({
          ...facts,
          reason: leftAt === null ? 'connect' : 'disconnect',
          ts: leftAt ?? now(),
        }),
      )
      entries.sort((one, other) => other.ts - one.ts || other.since - one.since)
      return entries.slice(0, maxEntries)
    },
    join(connId, params) {
      const facts = factsOf(params, now(), redact)
      for (const [former, { facts: before, leftAt }] of known) {
        const isBack = facts.instanceId !== undefined && facts.instanceId === before.instanceId
        if (isBack && leftAt !== null) known.delete(former)
      }
      known.set(connId, { facts, leftAt: null })
      prune()
      change()
    },
    leave(connId) {
      const entry = known.get(connId)
      if (!entry) return
      if (entry.facts.instanceId === undefined) known.delete(connId)
      else entry.leftAt = now()
      change()
    },
  }
}

function factsOf(
  { client, device, role = 'operator' }: ConnectParams,
  since: number,
  redact: (text: string) => string,
): Known['facts'] {
  const { displayName, instanceId } = client
  const host = redact(displayName ?? client.id)
  const [version, platform] = [redact(client.version), redact(client.platform)]
  return {
    host,
    id: client.id,
    ...(displayName === undefined ? {} : { displayName: host }),
    ...(instanceId === undefined ? {} : { instanceId: redact(instanceId) }),
    ...(device ? { deviceId: device.id } : {}),
    version,
    platform,
    mode: client.mode,
    roles: [role],
    text: `${host} · app ${version} · ${platform} · mode ${client.mode}`,
    since,
  }
}
