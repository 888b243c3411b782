import type { IncomingMessage } from 'node:http'
import type { CountsRecord } from './counts.ts'
import type { HealthFacts } from './health-facts.ts'
import { liveAnswer, readyAnswer } from './live-answer.ts'
import { isLoopbackAddress, plainAddress } from './peer.ts'
import type { Vitals } from './vitals.ts'

export interface RouteServices {
  readonly vitals: Vitals
  readonly counts: CountsRecord
  readonly facts: HealthFacts
  /** Whether a visitor from that address presents the token or password. */
  isSecret(presented: string, from: string): boolean
}

/** What is sent back; always whole. */
export interface HttpAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
  /** Names and values in turn. */
  readonly headers?: readonly string[]
  /** Why it was refused, for the access log. */
  readonly reason?: string
}

/** What of a request counts here. */
export interface HttpRequest extends Pick<IncomingMessage, 'headers'> {
  readonly url?: string | undefined
  readonly method?: string | undefined
  readonly socket: { readonly remoteAddress?: string | undefined }
}

type Route = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>

/** What there is to ask over HTTP. */
export function createRoutes(services: RouteServices): Route {
  const { vitals, facts } = services
  // Most gateways are never asked: what they would need is loaded then.
  const metrics = once(async () => (await import('./metrics/metrics-text.ts')).openMetrics(services))
  const deep = once(() => import('./deep-answer.ts'))
  const live: Route = () => liveAnswer(vitals)

  /** By the whole address: a query that means nothing here may be a secret that somebody put there. */
  const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
    ['/health', live],
    ['/health?check=live', live],
    ['/health?check=ready', () => readyAnswer(vitals, facts)],
    [
      '/health?check=deep',
      (request) => demandSecret(request) ?? deep().then(({ deepAnswer }) => deepAnswer(vitals, facts)),
    ],
    [
      '/metrics',
      (request) => {
        const refused = isFromHere(request) ? null : demandSecret(request)
        return refused ?? metrics().then(({ answer }) => answer())
      },
    ],
  ])

  /** Names, places and figures are the owner's business. */
  function demandSecret(request: HttpRequest): HttpAnswer | null {
    const [, presented] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const from = plainAddress(request.socket.remoteAddress)
    if (presented !== undefined && services.isSecret(presented, from)) return null
    const text = 'This needs the gateway’s token, as the header: Authorization: Bearer <token>'
    return { ...refusal(401, text, 'unauthorized'), headers: ['WWW-Authenticate', 'Bearer'] }
  }

  return (request) => {
    const route = routes.get(request.url ?? '')
    if (!route) return refusal(404, 'Not found', 'not_found')
    if (request.method === 'GET' || request.method === 'HEAD') return route(request)
    return { ...refusal(405, 'Method not allowed', 'method'), headers: ['Allow', 'GET, HEAD'] }
  }
}

export function refusal(status: number, text: string, reason: string): HttpAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n`, reason }
}

/** The kernel's word; what a proxy on this machine forwards comes from elsewhere. */
function isFromHere({ socket, headers }: HttpRequest): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  return !isForwarded && isLoopbackAddress(plainAddress(socket.remoteAddress))
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null
  return () => {
    loaded ??= load()
    return loaded
  }
}
