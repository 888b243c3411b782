import { connect } from 'node:net'
import { defaultGatewayPort, loopback } from '../../shared/endpoints.ts'

/** Whether something listens where a person's own gateway does: then its folders change by themselves. */
export function isPersonalGatewayRunning(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: loopback, port: defaultGatewayPort })
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
