import { WebSocket } from 'ws'
import { loopback } from '../../shared/endpoints.ts'
import type { GatewayHealth } from '../../shared/host-api.ts'
import type { Problem } from '../../shared/problem.ts'
import type { ConnectParams } from '../../shared/protocol/connect.ts'
import {
  healthPayloadSchema,
  helloSchema,
  type ServerFrame,
  serverFrameSchema,
} from '../../shared/protocol/frames.ts'
import { closeCode, newestAskedProtocol, protocolVersion } from '../../shared/protocol/limits.ts'
import { version as ourVersion } from '../../shared/version.ts'

export type HealthOutcome =
  /** `version` is null where the gateway does not name one. */
  | { readonly ok: true; readonly value: GatewayHealth; readonly version: string | null }
  | ({
      readonly ok: false
    } & Problem<'GATEWAY_UNREACHABLE' | 'GATEWAY_REFUSED_TOKEN' | 'GATEWAY_PROTOCOL'>)

export interface HealthRequest {
  readonly port: number
  readonly token: string
  /** For the whole exchange. */
  readonly timeoutMs: number
}

/** Chat history is the longest answer of the protocol; health is far below. */
const maxAnswerBytes = 1024 * 1024
/** A gateway that does not answer our close is left then. */
const closeMs = 500
/** What a released Moltbot calls itself that was not started by npm. */
const unnamed = 'dev'
const connectId = 'connect'
const healthId = 'health'

/**
 * Connects to 127.0.0.1:`port`, proves the token, asks `health` and closes. Never rejects.
 * The caller knows who listens there: whoever it is receives the token.
 */
export function requestHealth({ port, token, timeoutMs }: HealthRequest): Promise<HealthOutcome> {
  const url = `ws://${loopback}:${port}`
  return new Promise((resolve) => {
    let isRefused = false
    let version: string | null = null
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
      if (event === 'connect.challenge') send(connectId, 'connect', connectParams(token))
    }

    function onResponse(frame: Extract<ServerFrame, { type: 'res' }>): void {
      if (!frame.ok) {
        isRefused = frame.id === connectId
        const reason = reasonOf(frame.error.details)
        if (reason?.startsWith('token_')) settle(refusedToken())
        else if (reason || !isRefused) settle(strange(`${frame.error.code}: ${frame.error.message}`))
        // Other gateways name no reason; the close code that follows tells.
      } else if (frame.id === connectId) {
        version = versionOf(frame.payload)
        send(healthId, 'health', {})
      } else if (frame.id === healthId) {
        const health = healthPayloadSchema.safeParse(frame.payload)
        settle(
          health.success
            ? { ok: true, value: health.data, version }
            : strange('the health answer has another form'),
        )
      }
    }

    function send(id: string, method: string, params: object): void {
      socket.send(JSON.stringify({ type: 'req', id, method, params }))
    }

    function settle(outcome: HealthOutcome): void {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => {}) // ending a connection that is still opening reports an error
      if (outcome.ok) socket.close()
      setTimeout(() => socket.terminate(), outcome.ok ? closeMs : 0).unref()
      resolve(outcome)
    }

    function unreachable(detail: string): HealthOutcome {
      return { ok: false, code: 'GATEWAY_UNREACHABLE', params: { url, detail } }
    }
    function refusedToken(): HealthOutcome {
      return { ok: false, code: 'GATEWAY_REFUSED_TOKEN', params: { url } }
    }
    function strange(detail: string): HealthOutcome {
      return { ok: false, code: 'GATEWAY_PROTOCOL', params: { url, detail } }
    }
  })
}

function connectParams(token: string): ConnectParams {
  return {
    minProtocol: protocolVersion,
    maxProtocol: newestAskedProtocol,
    client: { id: 'gateway-client', version: ourVersion, platform: process.platform, mode: 'backend' },
    role: 'operator',
    scopes: ['operator.read'],
    auth: { token },
  }
}

function versionOf(hello: unknown): string | null {
  const found = helloSchema.safeParse(hello)
  return found.success && found.data.server.version !== unnamed ? found.data.server.version : null
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
