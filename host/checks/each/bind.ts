import { type Check, type Found, found } from '../finding.ts'
import { isLoopback } from '../wide-address.ts'

/** Who can reach the gateway at all, and what it asks of them. */
export const bindCheck: Check = {
  name: 'bind',
  async look(ground) {
    const loaded = await ground.config()
    if (!loaded.ok) return []
    const { bind = 'loopback', customBindHost, auth, tailscale } = loaded.config.gateway ?? {}
    const findings: Found[] = []
    const isHere = bind === 'loopback' || (bind === 'custom' && isLoopback(customBindHost ?? ''))
    if (!isHere) {
      const where = bind === 'custom' ? `custom ${customBindHost ?? ''}`.trim() : bind
      const hasAuth = loaded.token !== null || auth?.password !== undefined
      const isOpen = !hasAuth || (await ground.lacksToken())
      findings.push(
        isOpen
          ? found('bindNoAuth', 'critical', { bind: where })
          : found('bindOpen', 'warn', { bind: where }),
      )
    }
    const key = 'gateway.tailscale.mode'
    if (tailscale?.mode === 'funnel') findings.push(found('tailscaleFunnel', 'critical', { key }))
    if (tailscale?.mode === 'serve') {
      findings.push(found('tailscaleServe', 'info', { key }, { isNote: true }))
    }
    return findings
  },
}
