import { WebSocket } from 'ws'
import { loopback } from '../../shared/endpoints.ts'
import { newestAskedProtocol, protocolVersion } from '../../shared/protocol/limits.ts'
import { version } from '../../shared/version.ts'
import { get } from '../node-http.ts'

const limitMs = 2_000
const maxAnswerBytes = 64 * 1024

interface Stranger {
  readonly port: number
  readonly token?: string
  readonly origin?: string
}

/** `challenged`: it opened the connection and asked who is there; with an `origin`, no more is tried. */
export type Answer = 'accepted' | 'challenged' | 'refused'

/** Connects to a gateway as somebody who has no business there. Silence counts as a refusal. Never rejects. */
export function connectAsStranger({ port, token, origin }: Stranger): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${loopback}:${port}`, {
      maxPayload: maxAnswerBytes,
      perMessageDeflate: false,
      handshakeTimeout: limitMs,
      followRedirects: false,
      ...(origin && { origin }),
    })
    let isChallenged = false
    const settle = (answer: Answer) => {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => {}) // ending a connection that is still opening reports an error
      socket.terminate()
      resolve(answer)
    }
    const timer = setTimeout(() => settle(isChallenged && origin ? 'challenged' : 'refused'), limitMs)
    socket.on('error', () => settle('refused'))
    socket.on('close', () => settle('refused'))
    socket.on('message', (data) => {
      const frame = parse(String(data))
      if (frame.event === 'connect.challenge') {
        isChallenged = true
        if (origin) return settle('challenged')
        socket.send(JSON.stringify(hello(token)))
      } else if (frame.type === 'res') settle(frame.ok === true ? 'accepted' : 'refused')
    })
  })
}

/** Whether it answers a request that was meant for another name, as a page that rebinds its name sends it. */
export function fetchAsStranger(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(
      { host: loopback, port, path: '/health', headers: { host }, agent: false, timeout: limitMs },
      (response) => {
        response.destroy()
        resolve((response.statusCode ?? 500) < 400)
      },
    )
    request.on('error', () => resolve(false))
    request.on('timeout', () => request.destroy())
  })
}

function hello(token: string | undefined) {
  const client = { id: 'gateway-client', version, platform: process.platform, mode: 'probe' }
  return {
    type: 'req',
    id: 'connect',
    method: 'connect',
    params: {
      minProtocol: protocolVersion,
      maxProtocol: newestAskedProtocol,
      client,
      role: 'operator',
      scopes: ['operator.read'],
      ...(token && { auth: { token } }),
    },
  }
}

function parse(text: string): { type?: unknown; event?: unknown; ok?: unknown } {
  try {
    const frame: unknown = JSON.parse(text)
    return typeof frame === 'object' && frame !== null ? frame : {}
  } catch {
    return {}
  }
}
