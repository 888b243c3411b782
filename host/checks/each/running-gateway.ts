import { randomBytes } from 'node:crypto'
import { connectAsStranger, fetchAsStranger } from '../ask-as-stranger.ts'
import { type Check, type Found, found } from '../finding.ts'
import { wideAddress } from '../wide-address.ts'
import { isGateway } from './port.ts'

/** What the running gateway really does: where it listens, and whom it lets in. Its token is not used. */
export const runningGatewayCheck: Check = {
  name: 'runningGateway',
  async look(ground) {
    const chosen = await ground.port()
    if (!chosen.ok) return []
    const { port } = chosen
    const listener = await ground.table.findListener(port)
    if (listener?.kind !== 'process' || !(await isGateway(listener.process.pid, ground))) {
      return [found('gatewayNotAsked', 'info', { port }, { isNote: true })]
    }
    const [address, noToken, wrongToken, foreignOrigin, foreignHost] = await Promise.all([
      wideAddress(port, ground.platform),
      connectAsStranger({ port }),
      connectAsStranger({ port, token: randomBytes(32).toString('base64url') }),
      connectAsStranger({ port, origin: 'https://stranger.example' }),
      fetchAsStranger(port, 'stranger.example'),
    ])
    const findings: Found[] = []
    if (address !== null) findings.push(found('listensWide', 'critical', { port, address }))
    if (noToken === 'accepted') findings.push(found('acceptsNoToken', 'critical', { port }))
    if (wrongToken === 'accepted') findings.push(found('acceptsWrongToken', 'critical', { port }))
    if (foreignOrigin !== 'refused') findings.push(found('acceptsForeignOrigin', 'warn', { port }))
    if (foreignHost) findings.push(found('acceptsForeignHost', 'warn', { port }))
    return findings
  },
}
