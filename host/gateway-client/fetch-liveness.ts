import type { Agent, IncomingMessage } from 'node:http'
import { loopback } from '../../shared/endpoints.ts'
import { get } from '../node-http.ts'

export type Liveness =
  /** `version` is null where the gateway does not name one. */
  | { readonly kind: 'live'; readonly version: string | null }
  /**
   * It answers, but not that it is well. `isForeign`: without our JSON, as a Moltbot from npm does, and many
   * another program.
   */
  | { readonly kind: 'unwell'; readonly reason: string; readonly isForeign?: true }
  | { readonly kind: 'silent'; readonly detail: string }

export interface LivenessRequest {
  readonly port: number
  /** For the whole exchange. */
  readonly timeoutMs: number
  /** One with `keepAlive` spares a connection each probe. */
  readonly agent?: Agent
}

const maxBodyBytes = 64 * 1024

/** Asks `GET /health` of 127.0.0.1:`port` once. Never rejects. */
export async function fetchLiveness(request: LivenessRequest): Promise<Liveness> {
  const deadline = AbortSignal.timeout(request.timeoutMs)
  const first = await exchange(request, deadline)
  // A kept connection may close just as it is used again; that says nothing about the gateway.
  return first === 'staleConnection' ? settle(await exchange(request, deadline)) : first
}

function settle(outcome: Liveness | 'staleConnection'): Liveness {
  return outcome === 'staleConnection' ? { kind: 'silent', detail: 'ECONNRESET' } : outcome
}

function exchange({ port, agent, timeoutMs }: LivenessRequest, signal: AbortSignal) {
  return new Promise<Liveness | 'staleConnection'>((resolve) => {
    const options = { host: loopback, port, path: '/health', agent: agent ?? false, signal }
    const request = get(options, (response) => {
      readBody(response).then((body) => resolve(judge(response.statusCode ?? 0, body)), fail)
    })
    request.on('error', fail)
    function fail(error: NodeJS.ErrnoException): void {
      if (signal.aborted) resolve({ kind: 'silent', detail: `no answer within ${timeoutMs} ms` })
      else if (request.reusedSocket && error.code === 'ECONNRESET') resolve('staleConnection')
      else resolve({ kind: 'silent', detail: error.code ?? error.message })
    }
  })
}

/** Null where the body is longer than any health answer. */
async function readBody(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    total += chunk.length
    if (total > maxBodyBytes) return null // leaving the loop destroys the response
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function judge(status: number, body: string | null): Liveness {
  const answer = body === null ? null : parseObject(body)
  if (!answer) return { kind: 'unwell', reason: `HTTP ${status} without a JSON answer`, isForeign: true }
  if (status === 200 && answer.ok === true) {
    return { kind: 'live', version: typeof answer.version === 'string' ? answer.version : null }
  }
  return {
    kind: 'unwell',
    reason: typeof answer.reason === 'string' ? answer.reason : `HTTP ${status}`,
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}
