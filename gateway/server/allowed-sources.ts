import type { IncomingMessage } from 'node:http'
import { loopback } from '../../shared/endpoints.ts'

/**
 * A page of any site can make its visitor's browser talk to a port of this machine: by its own name for
 * 127.0.0.1 (Host) or from its own origin (Origin). Only the two spellings of our own address pass, and
 * no forwarding header changes that.
 */
export function isAllowedHost(request: IncomingMessage, port: number): boolean {
  // Node keeps the first of several Host headers; a proxy in between may have judged another one.
  const count = request.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
  ).length
  const { host } = request.headers
  return count === 1 && (host === `${loopback}:${port}` || host === `localhost:${port}`)
}

/** Programs send no Origin; browsers always do. */
export function isAllowedOrigin(request: IncomingMessage, port: number): boolean {
  const { origin } = request.headers
  return (
    origin === undefined || origin === `http://${loopback}:${port}` || origin === `http://localhost:${port}`
  )
}
