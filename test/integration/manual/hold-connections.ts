import { connectParams } from '../../unit/gateway/server/device.ts'

/** Connects as many clients as the first argument says, prints a line for each, and holds them until it is ended. */
const [count = '1'] = process.argv.slice(2)

for (let at = 0; at < Number(count); at += 1) {
  const socket = new WebSocket('ws://127.0.0.1:18789')
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data))
    if (frame.event === 'connect.challenge') {
      const params = connectParams(process.env.CLAWDBOT_GATEWAY_TOKEN ?? '')
      socket.send(JSON.stringify({ type: 'req', id: 'connect', method: 'connect', params }))
    }
    if (frame.type === 'res') console.log(frame.ok)
  }
}
