import { type Check, type Found, found } from '../finding.ts'

/** Switches that take a lock off the gateway's own page. */
export const controlUiCheck: Check = {
  name: 'controlUi',
  async look(ground) {
    const loaded = await ground.config()
    if (!loaded.ok) return []
    const { allowInsecureAuth, dangerouslyDisableDeviceAuth } = loaded.config.gateway?.controlUi ?? {}
    const findings: Found[] = []
    if (allowInsecureAuth) {
      findings.push(found('insecureAuth', 'critical', { key: 'gateway.controlUi.allowInsecureAuth' }))
    }
    if (dangerouslyDisableDeviceAuth) {
      const key = 'gateway.controlUi.dangerouslyDisableDeviceAuth'
      findings.push(found('deviceAuthOff', 'critical', { key }))
    }
    return findings
  },
}
