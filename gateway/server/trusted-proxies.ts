import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { plainAddress } from './peer.ts'

/** Whom one of these proxies speaks for. It is only written down: a header never makes anybody local. */
export function forwardedBy(proxies: readonly string[]): (request: IncomingMessage) => string | undefined {
  if (proxies.length === 0) return () => undefined
  const trusted = new Set(proxies.map((address) => plainAddress(address.trim())))
  return (request) => {
    if (!trusted.has(plainAddress(request.socket.remoteAddress))) return undefined
    const named = request.headers['x-forwarded-for'] ?? request.headers['x-real-ip']
    // Each proxy adds the one it was asked by: the last one is what ours has seen itself.
    const last =
      String(named ?? '')
        .split(',')
        .at(-1)
        ?.trim() ?? ''
    return isIP(last) === 0 ? undefined : last
  }
}
