import { addressGroup } from './address-group.ts'
import type { ClientConnection } from './client-connection.ts'
import { clientLimits } from './client-limits.ts'
import type { Peer } from './peer.ts'

/** Who is connected, and how many more may be. */
export interface ClientPlaces {
  readonly proven: ReadonlySet<ClientConnection>
  all(): ClientConnection[]
  count(): number
  enter(connection: ClientConnection, peer: Peer): void
  /** False where no further client has a place. */
  prove(connection: ClientConnection): boolean
  leave(connection: ClientConnection): void
}

/**
 * Those that have not proven themselves never keep the owner out: beyond the limit of all, or of one address
 * of another machine, the oldest of them goes. What remains of a closed one holds no place.
 */
export function createClientPlaces(): ClientPlaces {
  const proven = new Set<ClientConnection>()
  const unproven = new Map<ClientConnection, Peer>()

  function evictOldest(isAmong: (peer: Peer) => boolean): void {
    for (const [connection, peer] of unproven) {
      if (!isAmong(peer)) continue
      unproven.delete(connection)
      return connection.end('too_many_unproven')
    }
  }

  return {
    proven,
    all: () => [...proven, ...unproven.keys()],
    count: () => proven.size + unproven.size,
    enter(connection, peer) {
      if (unproven.size >= clientLimits.unproven) evictOldest(() => true)
      if (!peer.isLoopback) {
        const group = addressGroup(peer.from)
        const isSame = (other: Peer) => addressGroup(other.from) === group
        const count = [...unproven.values()].filter(isSame).length
        if (count >= clientLimits.unprovenPerAddress) evictOldest(isSame)
      }
      unproven.set(connection, peer)
    },
    prove(connection) {
      if (proven.size >= clientLimits.proven) return false
      unproven.delete(connection)
      proven.add(connection)
      return true
    },
    leave(connection) {
      proven.delete(connection)
      unproven.delete(connection)
    },
  }
}
