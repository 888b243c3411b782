import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'
import { loopback } from '../../shared/endpoints.ts'

export interface AllowedSources {
  isAllowedHost(request: IncomingMessage): boolean
  isAllowedOrigin(request: IncomingMessage): boolean
}

const anyAddress = '0.0.0.0'

/**
 * A page of any site can make its visitor's browser talk to a port of this machine: by its own name for
 * our address (Host) or from its own origin (Origin). Names never pass, since a name can be made to point
 * here; the addresses we listen on do, and `localhost`, which no one else can own. Where all addresses are
 * listened on, any literal one passes, with any port: behind a published port of a container, the address
 * that was asked for is not ours. No forwarding header changes any of this.
 */
export function allowedSources(addresses: readonly string[], port: number): AllowedSources {
  const hosts = new Set(['localhost', loopback, ...addresses].map((name) => `${name}:${port}`))
  const takesAny = addresses.includes(anyAddress)
  hosts.delete(`${anyAddress}:${port}`)
  const isLiteral = (host: string) => /^[\d.]+:\d{1,5}$/.test(host) && isIPv4(host.split(':', 1)[0] ?? '')

  return {
    isAllowedHost(request) {
      // Node keeps the first of several Host headers; a proxy in between may have judged another one.
      const count = request.rawHeaders.filter(
        (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
      ).length
      const { host } = request.headers
      return count === 1 && host !== undefined && (hosts.has(host) || (takesAny && isLiteral(host)))
    },
    /** Programs send no Origin; browsers always do. */
    isAllowedOrigin({ headers: { origin, host } }) {
      if (origin === undefined) return true
      const from = /^http:\/\/(.+)$/.exec(origin)?.[1] ?? ''
      // A page of another literal address is as foreign as any.
      return hosts.has(from) || (takesAny && from === host && isLiteral(from))
    },
  }
}
