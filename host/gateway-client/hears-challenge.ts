import { WebSocket } from 'ws'
import { loopback } from '../../shared/endpoints.ts'
import { serverFrameSchema } from '../../shared/protocol/frames.ts'

const maxFrameBytes = 64 * 1024

/**
 * Whether who listens on 127.0.0.1:`port` speaks the gateway's protocol: it greets each connection with a
 * challenge. It is told nothing in return, so anybody may be asked. Never rejects.
 */
export function hearsChallenge(port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${loopback}:${port}`, {
      maxPayload: maxFrameBytes,
      perMessageDeflate: false,
      handshakeTimeout: timeoutMs,
      followRedirects: false,
    })
    const timer = setTimeout(() => settle(false), timeoutMs)
    socket.on('error', () => settle(false))
    socket.on('close', () => settle(false))
    socket.on('message', (data, isBinary) => settle(!isBinary && isChallenge(String(data))))

    function settle(heard: boolean): void {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => {}) // ending a connection that is still opening reports an error
      socket.terminate()
      resolve(heard)
    }
  })
}

function isChallenge(text: string): boolean {
  try {
    const frame = serverFrameSchema.safeParse(JSON.parse(text))
    return frame.success && frame.data.type === 'event' && frame.data.event === 'connect.challenge'
  } catch {
    return false
  }
}
