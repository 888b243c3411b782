import type { IncomingMessage } from 'node:http'

/** Who is at the other end, as the kernel says. */
export interface Peer {
  readonly from: string
  readonly isLoopback: boolean
  /** Whom a trusted proxy names; for the access log only, it grants nothing. */
  readonly forwardedFor?: string
}

export function peerOf(request: IncomingMessage, forwardedFor: string | undefined): Peer {
  const from = plainAddress(request.socket.remoteAddress)
  const peer = { from, isLoopback: isLoopbackAddress(from) }
  return forwardedFor === undefined ? peer : { ...peer, forwardedFor }
}

/** IPv4 as four numbers, also where the socket is an IPv6 one. */
export function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? 'unknown'
}

export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)
}
