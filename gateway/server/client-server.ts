import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { closeCode, policy } from '../../shared/protocol/limits.ts'
import { isAllowedHost, isAllowedOrigin } from './allowed-sources.ts'
import { type ClientConnection, type ConnectionServices, serveClient } from './client-connection.ts'

export interface ClientServer {
  /** Tells the clients soon who is here now; many changes together make one message. */
  presenceChanged(): void
  /** Tells every client, closes it, and cuts off whoever has not left by `limitMs`. */
  close(reason: string, limitMs: number): Promise<void>
}

const maxClients = 64
const announceMs = 100

/** Takes over the WebSocket upgrades of `server`. */
export function serveClients(server: Server, port: number, services: ConnectionServices): ClientServer {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: policy.maxPayload,
    perMessageDeflate: false,
    autoPong: false, // answered within the connection's budget
  })
  const clients = new Set<ClientConnection>()
  const ticker = setInterval(tick, policy.tickIntervalMs).unref()
  let onEmpty = () => {}
  let isAnnounced = false

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = judgeUpgrade(request)
    if (refusal) return refuseUpgrade(socket, refusal)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const client = serveClient(webSocket, services)
      clients.add(client)
      webSocket.on('close', () => {
        clients.delete(client)
        if (clients.size === 0) onEmpty()
      })
    })
  })

  function judgeUpgrade(request: IncomingMessage): string | null {
    if (!isAllowedHost(request, port)) return '403 Forbidden'
    if (!isAllowedOrigin(request, port)) {
      services.logger.warn('A foreign page was refused', { origin: request.headers.origin })
      return '403 Forbidden'
    }
    if (request.url !== '/') return '404 Not Found'
    if (services.vitals.closingBecause() || clients.size >= maxClients) return '503 Service Unavailable'
    return null
  }

  function tick(): void {
    for (const client of clients) {
      client.checkAlive()
      client.sendEvent('tick', { ts: Date.now() })
    }
  }

  function announcePresence(): void {
    isAnnounced = false
    for (const client of clients) client.sendPresence()
  }

  return {
    presenceChanged() {
      if (isAnnounced) return
      isAnnounced = true
      setTimeout(announcePresence, announceMs).unref()
    },
    async close(reason, limitMs) {
      clearInterval(ticker)
      const allLeft = new Promise<void>((resolve) => {
        if (clients.size === 0) return resolve()
        onEmpty = resolve
        setTimeout(resolve, limitMs).unref()
      })
      for (const client of clients) {
        client.sendEvent('shutdown', { reason })
        client.close(closeCode.restart, reason)
      }
      await allLeft
      for (const client of clients) client.terminate()
    },
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy()) // the peer may be gone already
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
