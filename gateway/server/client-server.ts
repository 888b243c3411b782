import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { closeCode, policy } from '../../shared/protocol/limits.ts'
import type { AllowedSources } from './allowed-sources.ts'
import { type ConnectionServices, serveClient } from './client-connection.ts'
import { clientLimits } from './client-limits.ts'
import { createClientPlaces } from './client-places.ts'
import { health } from './health.ts'
import { stateVersion } from './hello.ts'
import { peerOf } from './peer.ts'
import { announcePresence } from './presence-news.ts'

export interface ClientServer {
  /** Takes over one WebSocket upgrade, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Tells the clients soon who is here now. */
  presenceChanged(): void
  /** Tells the clients how the gateway is doing now. */
  healthChanged(): void
  /** To each client that may hear it. */
  broadcast(event: string, payload: object): void
  /** Tells every client, closes it, and cuts off whoever has not left by then. */
  close(ending: ServerEnding): Promise<void>
}

export interface ServerEnding {
  readonly reason: string
  readonly limitMs: number
  /** Where the gateway is soon back, ms. */
  readonly restartExpectedMs?: number
}

export interface ClientServerServices extends ConnectionServices {
  readonly sources: AllowedSources
  forwardedFor(request: IncomingMessage): string | undefined
  /** Counts one more change of the health that clients are told of. */
  healthTold(): void
}

const healthEveryMs = 60_000
const warnEveryMs = 10_000

export function serveClients(services: ClientServerServices): ClientServer {
  const { vitals, stateHealth, counts, access, logger, sources, forwardedFor } = services
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: policy.maxPayload,
    maxFragments: clientLimits.fragments,
    maxBufferedChunks: 4 * clientLimits.fragments,
    perMessageDeflate: false,
    autoPong: false, // answered within the connection's budget
  })
  const places = createClientPlaces()
  const presenceChanged = announcePresence(services, places.proven)
  const ticker = setInterval(tick, policy.tickIntervalMs).unref()
  const healthTimer = setInterval(healthChanged, healthEveryMs).unref()
  let onEmpty = () => {}
  let warnedAt = Number.NEGATIVE_INFINITY

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const peer = peerOf(request, forwardedFor(request))
    const refusal = judgeUpgrade(request)
    if (refusal) {
      const { isLoopback: _, ...who } = peer
      counts.refused(refusal.reason)
      access.write({ kind: 'refused', ...who, reason: refusal.reason })
      return refuseUpgrade(socket, refusal.status)
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const prove = places.prove
      const client = serveClient(webSocket, { peer, wire: socket, prove, services })
      places.enter(client, peer)
      webSocket.on('close', () => {
        places.leave(client)
        if (places.count() === 0) onEmpty()
      })
    })
  }

  function judgeUpgrade(request: IncomingMessage): { status: string; reason: string } | null {
    if (!sources.isAllowedHost(request)) return { status: '403 Forbidden', reason: 'unknown_host' }
    if (!sources.isAllowedOrigin(request)) {
      warnOf(request.headers.origin)
      return { status: '403 Forbidden', reason: 'foreign_origin' }
    }
    if (request.url !== '/') return { status: '404 Not Found', reason: 'not_found' }
    if (vitals.closingBecause()) return { status: '503 Service Unavailable', reason: 'closing' }
    return null
  }

  /** A page can ask as often as it likes; the access log counts each, the log needs only one now and then. */
  function warnOf(origin: string | undefined): void {
    if (performance.now() - warnedAt < warnEveryMs) return
    warnedAt = performance.now()
    logger.warn('A foreign page was refused', { origin })
  }

  function broadcast(event: string, payload: object): void {
    const text = JSON.stringify(payload)
    for (const client of places.proven) client.sendEvent({ event, payload: text })
  }

  function tick(): void {
    for (const client of places.all()) client.checkAlive()
    broadcast('tick', { ts: Date.now() })
  }

  function healthChanged(): void {
    services.healthTold()
    if (places.proven.size === 0) return
    const payload = JSON.stringify(health(vitals, stateHealth.known()))
    const version = JSON.stringify(stateVersion(services))
    for (const client of places.proven) client.sendEvent({ event: 'health', payload, stateVersion: version })
  }

  return {
    upgrade,
    presenceChanged,
    healthChanged,
    broadcast,
    async close({ reason, limitMs, restartExpectedMs }) {
      clearInterval(ticker)
      clearInterval(healthTimer)
      const allLeft = new Promise<void>((resolve) => {
        if (places.count() === 0) return resolve()
        onEmpty = resolve
        setTimeout(resolve, limitMs).unref()
      })
      broadcast('shutdown', { reason, ...(restartExpectedMs === undefined ? {} : { restartExpectedMs }) })
      for (const client of places.all()) client.close(closeCode.restart, reason)
      await allLeft
      for (const client of places.all()) client.terminate()
    },
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy()) // the peer may be gone already
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
