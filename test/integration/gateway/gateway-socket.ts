import type { ClientRequestArgs } from 'node:http'
import { WebSocket } from 'ws'

export interface Frame {
  readonly type: string
  readonly id?: string
  readonly ok?: boolean
  readonly event?: string
  readonly payload?: Record<string, unknown>
  readonly stateVersion?: { presence: number; health: number }
  readonly error?: { code: string; message: string; details?: { reason: string; path?: string } }
}

/** A client that keeps all it receives. Rejects where the server refuses the upgrade. */
export async function openSocket(port: number, headers: ClientRequestArgs['headers'] = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { headers: { ...headers }, perMessageDeflate: true })
  const frames: Frame[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)))
    for (const look of waiting) look()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  )
  socket.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_, response) => {
      reject(new Error(`HTTP ${response.statusCode}`))
      socket.terminate()
    })
    socket.once('error', reject)
  })
  const until = (fits: (frame: Frame) => boolean) =>
    new Promise<Frame>((resolve, reject) => {
      const look = () => {
        const found = frames.find(fits)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      closed.then(({ code, reason }) => {
        look()
        reject(new Error(`closed with ${code} ${reason}`))
      })
      look()
    })
  const send = (id: string, method: string, params?: unknown) =>
    socket.send(JSON.stringify({ type: 'req', id, method, params }))
  const request = async (method: string, params?: unknown, id: string = method) => {
    send(id, method, params)
    return until((frame) => frame.type === 'res' && frame.id === id)
  }
  const nonce = async () => {
    const challenge = await until((frame) => frame.event === 'connect.challenge')
    return String(challenge.payload?.nonce)
  }
  return { socket, frames, closed, until, send, request, nonce }
}
