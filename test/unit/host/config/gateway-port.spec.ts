import { describe, expect, it } from 'vitest'
import { resolveGatewayPort } from '../../../../host/config/gateway-port.ts'

describe('the gateway’s port', () => {
  const both = { MOLTBOT_GATEWAY_PORT: '2', CLAWDBOT_GATEWAY_PORT: '3' }

  it.each([
    [{ flag: '1', env: both, configured: 4 }, 1, 'flag'],
    [{ env: both, configured: 4 }, 2, 'MOLTBOT_GATEWAY_PORT'],
    [{ env: { CLAWDBOT_GATEWAY_PORT: '3' }, configured: 4 }, 3, 'CLAWDBOT_GATEWAY_PORT'],
    [{ env: { MOLTBOT_GATEWAY_PORT: '' }, configured: 4 }, 4, 'config'],
    [{ env: {} }, 18_789, 'default'],
  ])('%o → %i', (request, port, source) => {
    expect(resolveGatewayPort(request)).toEqual({ ok: true, port, source })
  })

  it.each(['nan', '0', '65536', '0x10', '1e3', ' 1', '1 ', '-1', '1.5', '', '99999999', '１'])(
    'refuses %o wherever it comes from',
    (text) => {
      expect(resolveGatewayPort({ flag: text, env: {} })).toMatchObject({ ok: false, source: 'flag' })
      if (text === '') return
      const env = { MOLTBOT_GATEWAY_PORT: text, CLAWDBOT_GATEWAY_PORT: '3' }
      expect(resolveGatewayPort({ env })).toMatchObject({ ok: false, source: 'MOLTBOT_GATEWAY_PORT' })
    },
  )
})
