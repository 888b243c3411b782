import type { Server } from 'node:http'
import type { ClientServer } from './client-server.ts'
import type { Vitals } from './vitals.ts'

export interface Closing {
  readonly vitals: Vitals
  readonly server: Server
  readonly clients: ClientServer
  readonly reason: string
}

const clientsMs = 2_000
const requestsMs = 1_000

/**
 * No new work, then the clients are told and leave, then the port is free. `/health` says 503 with the
 * reason for as long as it can still be asked. Within 3 s, whatever the peers do.
 */
export async function closeInOrder({ vitals, server, clients, reason }: Closing): Promise<void> {
  vitals.beginClosing(`The gateway closes (${reason})`)
  await clients.close('gateway closing', clientsMs)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  setTimeout(() => server.closeAllConnections(), requestsMs).unref()
  await closed
}
