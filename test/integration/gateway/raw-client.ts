import { createConnection, type Socket } from 'node:net'

export interface RawClient {
  readonly socket: Socket
  /** All that came, byte for byte. */
  received(): string
  /** Resolves when the other end has closed, to all that came. */
  readonly closed: Promise<string>
}

/** A connection on which bytes are sent as they are. */
export function openRaw(port: number, bytes: string | Uint8Array = ''): RawClient {
  let answer = ''
  const socket = createConnection(port, '127.0.0.1', () => {
    if (bytes.length > 0) socket.write(bytes)
  })
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(answer)))
  return { socket, received: () => answer, closed }
}

export function upgradeRequest(port: number, more = ''): string {
  return `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${more}\r\n`
}

/** One that has been upgraded. */
export async function openRawSocket(port: number, more = ''): Promise<RawClient> {
  const client = openRaw(port, upgradeRequest(port, more))
  while (!client.received().includes('connect.challenge')) {
    if (client.socket.destroyed) throw new Error(`It was not upgraded: ${client.received()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return client
}
