import { connect } from 'node:net'
import { loopback } from '../../shared/endpoints.ts'

const limitMs = 1_000

/** Whether somebody listens. Connecting, unlike binding, is in nobody's way who is about to listen. */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: loopback, port })
    // Who lets nobody in listens all the same.
    socket.setTimeout(limitMs, () => settle(true))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    function settle(taken: boolean): void {
      socket.destroy()
      resolve(taken)
    }
  })
}
