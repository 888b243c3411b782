import type { IncomingMessage } from 'node:http'
import { loopback } from '../../../shared/endpoints.ts'

/**
 * The one address this server answers to. Browsers send the name in the address bar as Host, so a
 * rebound name, another port or another spelling of the address is not ours.
 */
export class RequestGuard {
  readonly #host: string
  readonly #origin: string
  readonly cookieName: string

  constructor(port: number) {
    this.#host = `${loopback}:${port}`
    this.#origin = `http://${this.#host}`
    // Cookies are shared between the ports of an address: another host's must not be overwritten.
    this.cookieName = `moltbot_host_${port}`
  }

  isForUs(request: IncomingMessage): boolean {
    const hosts = headerValues(request, 'host')
    return hosts.length === 1 && hosts[0] === this.#host
  }

  /** Whether a page of ours sent it; a request without Origin is none of a page's. */
  isFromOurPage(request: IncomingMessage): boolean {
    const origins = headerValues(request, 'origin')
    return origins.length === 1 && origins[0] === this.#origin
  }

  cookie(request: IncomingMessage): string | null {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
    const prefix = `${this.cookieName}=`
    return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? null
  }
}

/** Node joins or drops repeated headers; a doubled Host or Origin must be seen as such. */
function headerValues(request: IncomingMessage, name: string): string[] {
  return request.headersDistinct[name] ?? []
}
