import { WebSocket } from 'ws'
import { loopback } from '../../shared/endpoints.ts'
import type { Problem } from '../../shared/problem.ts'
import type { ConnectParams } from '../../shared/protocol/connect.ts'
import { type ServerFrame, serverFrameSchema } from '../../shared/protocol/frames.ts'
import { closeCode, newestAskedProtocol, protocolVersion } from '../../shared/protocol/limits.ts'
import type { Scope } from '../../shared/protocol/scopes.ts'
import { version as ourVersion } from '../../shared/version.ts'
import { namedVersion } from './named-version.ts'

export type GatewayCallOutcome =
  /** `version` is null where the gateway does not name one; `hello` is all that it said of itself. */
  | {
      readonly ok: true
      readonly payload: unknown
      readonly version: string | null
      readonly hello: unknown
    }
  | ({
      readonly ok: false
    } & Problem<
      'GATEWAY_UNREACHABLE' | 'GATEWAY_REFUSED_TOKEN' | 'GATEWAY_PROTOCOL' | 'GATEWAY_REFUSED_CALL'
    >)

export interface GatewayCallRequest {
  readonly port: number
  /** The token, or the password where the gateway asks for one. */
  readonly token: string
  readonly method: string
  readonly params: unknown
  /** No more than the method needs. */
  readonly scopes: readonly Scope[]
  /** For the whole exchange. */
  readonly timeoutMs: number
}

/** The schema of a package's configuration is the longest answer of the protocol. */
const maxAnswerBytes = 16 * 1024 * 1024
/** A gateway that does not answer our close is left then. */
const closeMs = 500
/** Our own gateway says which secret it misses. */
const refusalsOfSecret = /^(?:token_|password_|rate_limited$)/
const connectId = 'connect'
const callId = 'call'

/**
 * Connects to 127.0.0.1:`port`, proves the token, calls one method and closes. Never rejects.
 * The caller knows who listens there: whoever it is receives the token.
 */
export function callGateway(request: GatewayCallRequest): Promise<GatewayCallOutcome> {
  const { port, method, params, timeoutMs } = request
  const url = `ws://${loopback}:${port}`
  return new Promise((resolve) => {
    let isRefused = false
    let hello: unknown = null
    const socket = new WebSocket(url, {
      maxPayload: maxAnswerBytes,
      perMessageDeflate: false,
      handshakeTimeout: timeoutMs,
      followRedirects: false,
    })
    const timer = setTimeout(() => settle(unreachable(`no answer within ${timeoutMs} ms`)), timeoutMs)

    socket.on('error', (error: NodeJS.ErrnoException) => {
      const isConnection = error.syscall !== undefined
      settle(isConnection ? unreachable(error.code ?? error.message) : strange(error.message))
    })
    socket.on('close', (code) => {
      // A refusal by policy is about who asks: the rest of the request is always the same.
      if (isRefused && code === closeCode.policy) settle(refusedToken())
      else settle(strange(`the connection ended with code ${code}`))
    })
    socket.on('message', (data, isBinary) => {
      const frame = isBinary ? null : parseFrame(String(data))
      if (!frame) settle(strange('the answer is not a frame of the protocol'))
      else if (frame.type === 'event') onEvent(frame.event)
      else onResponse(frame)
    })

    function onEvent(event: string): void {
      if (event === 'connect.challenge') send(connectId, 'connect', connectParams(request))
    }

    function onResponse(frame: Extract<ServerFrame, { type: 'res' }>): void {
      if (!frame.ok) {
        const reason = reasonOf(frame.error.details)
        if (frame.id === callId) return settle(refusedCall(frame.error))
        isRefused = frame.id === connectId
        if (reason && refusalsOfSecret.test(reason)) settle(refusedToken())
        else if (reason || !isRefused) settle(strange(`${frame.error.code}: ${frame.error.message}`))
        // Other gateways name no reason; the close code that follows tells.
      } else if (frame.id === connectId) {
        hello = frame.payload
        send(callId, method, params)
      } else if (frame.id === callId) {
        settle({ ok: true, payload: frame.payload, version: namedVersion(hello), hello })
      }
    }

    function send(id: string, asked: string, given: unknown): void {
      socket.send(JSON.stringify({ type: 'req', id, method: asked, params: given }))
    }

    function settle(outcome: GatewayCallOutcome): void {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => {}) // ending a connection that is still opening reports an error
      if (outcome.ok) socket.close()
      setTimeout(() => socket.terminate(), outcome.ok ? closeMs : 0).unref()
      resolve(outcome)
    }

    function unreachable(detail: string): GatewayCallOutcome {
      return { ok: false, code: 'GATEWAY_UNREACHABLE', params: { url, detail } }
    }
    function refusedToken(): GatewayCallOutcome {
      return { ok: false, code: 'GATEWAY_REFUSED_TOKEN', params: { url } }
    }
    function refusedCall({ code, message }: { code: string; message: string }): GatewayCallOutcome {
      return { ok: false, code: 'GATEWAY_REFUSED_CALL', params: { method, detail: `${code}: ${message}` } }
    }
    function strange(detail: string): GatewayCallOutcome {
      return { ok: false, code: 'GATEWAY_PROTOCOL', params: { url, detail } }
    }
  })
}

function connectParams({ token, scopes }: GatewayCallRequest): ConnectParams {
  return {
    minProtocol: protocolVersion,
    maxProtocol: newestAskedProtocol,
    client: { id: 'gateway-client', version: ourVersion, platform: process.platform, mode: 'backend' },
    role: 'operator',
    scopes: [...scopes],
    // Which of the two it demands is its own affair; whoever knows the secret may say it in either place.
    auth: { token, password: token },
  }
}

function parseFrame(text: string): ServerFrame | null {
  try {
    const frame = serverFrameSchema.safeParse(JSON.parse(text))
    return frame.success ? frame.data : null
  } catch {
    return null
  }
}

function reasonOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('reason' in details)) return null
  return typeof details.reason === 'string' ? details.reason : null
}
