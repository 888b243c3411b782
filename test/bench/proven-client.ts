import { WebSocket } from 'ws'

/** A client of the gateway that has proven its token. */
export interface ProvenClient {
  /** Asks one method at a time. @throws Error where it is refused, or the connection has ended */
  ask(method: string): Promise<unknown>
  close(): void
}

/** @throws Error where the gateway does not let it in */
export async function openProvenClient(port: number, token: string): Promise<ProvenClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
  let answered: ((frame: Answer) => void) | null = null
  let failed: ((error: Error) => void) | null = null
  let asked = 0
  const ask = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve, reject) => {
      failed = reject
      answered = (frame) => (frame.ok ? resolve(frame.payload) : reject(new Error(frame.error?.message)))
      asked += 1
      socket.send(JSON.stringify({ type: 'req', id: String(asked), method, params }))
    })
  const challenged = new Promise<void>((resolve, reject) => {
    failed = reject
    socket.on('message', (data) => {
      const frame: Answer = JSON.parse(String(data))
      if (frame.type === 'res') answered?.(frame)
      else if (frame.event === 'connect.challenge') resolve()
    })
  })
  socket.on('error', (error) => failed?.(error))
  socket.on('close', (code) => failed?.(new Error(`the connection ended with ${code}`)))
  await challenged
  await ask('connect', {
    minProtocol: 3,
    maxProtocol: 3,
    client: { id: 'test', version: '1.0.0', platform: process.platform, mode: 'test' },
    auth: { token },
  })
  return { ask: (method) => ask(method), close: () => socket.terminate() }
}

interface Answer {
  readonly type: string
  readonly event?: string
  readonly ok?: boolean
  readonly payload?: unknown
  readonly error?: { readonly message: string }
}
