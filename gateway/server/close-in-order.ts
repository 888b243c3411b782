import type { ClientServer } from './client-server.ts'
import type { Front } from './front.ts'
import type { Vitals } from './vitals.ts'

export interface Closing {
  readonly vitals: Pick<Vitals, 'beginClosing'>
  readonly front: Pick<Front, 'close'>
  readonly clients: Pick<ClientServer, 'close'>
  readonly reason: string
}

export const clientsMs = 2_000
export const requestsMs = 1_000

/**
 * No new work, then the clients are told and leave, then the port is free. `/health` says 503 with the
 * reason for as long as it can still be asked. Within 3 s, whatever the peers do.
 */
export async function closeInOrder({ vitals, front, clients, reason }: Closing): Promise<void> {
  vitals.beginClosing(`The gateway closes (${reason})`)
  await clients.close({ reason: 'gateway closing', limitMs: clientsMs })
  await front.close(requestsMs)
}
