import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Problem } from '../../shared/problem.ts'
import { version } from '../../shared/version.ts'
import { addressGroup } from './address-group.ts'
import { clientLimits, maxConnections } from './client-limits.ts'
import { createHttpServer, type HttpServices } from './http-server.ts'
import { listen } from './listen.ts'
import { isLoopbackAddress, plainAddress } from './peer.ts'
import type { ServerSettings } from './settings.ts'
import { tidyAfterBursts } from './tidy-memory.ts'
import { createVitals, type Vitals } from './vitals.ts'

/** What answers behind the sockets that listen: one life of the server. */
export interface Back extends Pick<HttpServices, 'isAllowedHost' | 'isSecret' | 'forwardedFor'> {
  readonly vitals: Pick<Vitals, 'closingBecause'>
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/** What is the same in every life. */
export type Steady = Pick<HttpServices, 'counts' | 'access' | 'facts' | 'logger'>

/** The sockets that listen. They outlive what answers behind them. */
export interface Front {
  readonly addresses: readonly string[]
  readonly port: number
  /** Everything that comes from now on is answered by `back`. */
  serve(back: Back): void
  /** Listens no more; ends what is open by `limitMs`. */
  close(limitMs: number): Promise<void>
}

export type FrontOutcome = { readonly ok: true; readonly front: Front } | ({ readonly ok: false } & Problem)

/** Listens on every address of the settings, or on none. Whoever comes before `serve` was called is hung up on. */
export async function openFront(
  settings: Pick<ServerSettings, 'addresses' | 'port' | 'bind'>,
  steady: Steady,
): Promise<FrontOutcome> {
  const { addresses, port } = settings
  let current: Back | null = null
  const services: HttpServices = {
    ...steady,
    vitals: { ...createVitals(version), closingBecause: () => back().vitals.closingBecause() },
    isAllowedHost: (request) => back().isAllowedHost(request),
    isSecret: (presented, from) => back().isSecret(presented, from),
    forwardedFor: (request) => back().forwardedFor(request),
  }

  function back(): Back {
    if (!current) throw new Error('Nothing answers before it is served')
    return current
  }

  const connectionClosed = tidyAfterBursts()
  const servers: Server[] = []
  for (const address of addresses) {
    const server = createHttpServer(services)
    server.maxConnections = maxConnections
    server.on('connection', (socket) => {
      socket.once('close', connectionClosed)
      if (!current) socket.destroy()
    })
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      back().upgrade(request, socket, head),
    )
    limitAddresses(server)
    const listening = await listen(server, address, settings, async () => {
      const { openProcessTable } = await import('../../host/processes/open-process-table.ts')
      return openProcessTable()
    })
    if (!listening.ok) {
      for (const other of servers) other.close()
      return listening
    }
    servers.push(server)
  }
  return {
    ok: true,
    front: {
      addresses,
      port,
      serve(next) {
        current = next
      },
      async close(limitMs) {
        const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
        setTimeout(() => {
          for (const server of servers) server.closeAllConnections()
        }, limitMs).unref()
        await Promise.all(closed)
      },
    },
  }
}

/** One address of another machine does not take every place; of this machine, its own user decides. */
function limitAddresses(server: Server): void {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const from = plainAddress(socket.remoteAddress)
    if (isLoopbackAddress(from)) return
    const group = addressGroup(from)
    const count = (open.get(group) ?? 0) + 1
    if (count > clientLimits.perAddress) {
      socket.destroy()
      return
    }
    open.set(group, count)
    socket.once('close', () => {
      const left = (open.get(group) ?? 1) - 1
      if (left > 0) open.set(group, left)
      else open.delete(group)
    })
  })
}
