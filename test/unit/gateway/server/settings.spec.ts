import { describe, expect, it } from 'vitest'
import { type GatewayFlags, serverSettings } from '../../../../gateway/server/settings.ts'
import type { LoadedConfig } from '../../../../host/config/load-config.ts'

const long = 'x'.repeat(24)
const paths = { stateDir: '/s', configPath: '/s/moltbot.json', envFilePath: '/s/.env' }

function settle(
  gateway: object,
  flags: GatewayFlags = {},
  env: Record<string, string> = {},
  token: string | null = long,
) {
  const loaded = {
    config: { gateway },
    token: token === null ? null : { value: token, source: 'environment' },
    issueAt: async (key: readonly string[], detail: string) => ({
      path: '/s',
      key: key.join('.'),
      line: 1,
      column: 1,
      detail,
    }),
  } as unknown as LoadedConfig
  return serverSettings({ loaded, flags, env, paths })
}

describe('what a life of the server is served with', () => {
  it('flags win over the environment, and that over the configuration', async () => {
    const configured = { port: 19_001, bind: 'custom', customBindHost: '127.0.0.2', auth: { mode: 'token' } }
    expect(await settle(configured)).toMatchObject({
      settings: { port: 19_001, addresses: ['127.0.0.2', '127.0.0.1'], secretMode: 'token', secret: long },
    })
    expect(await settle(configured, {}, { MOLTBOT_GATEWAY_PORT: '19002' })).toMatchObject({
      settings: { port: 19_002 },
    })
    const flags = { port: '19003', bind: 'loopback', auth: 'password', password: 'typed' } as const
    expect(
      await settle(configured, flags, { MOLTBOT_GATEWAY_PORT: '19002', CLAWDBOT_GATEWAY_PASSWORD: 'other' }),
    ).toMatchObject({
      settings: { port: 19_003, addresses: ['127.0.0.1'], secretMode: 'password', secret: 'typed' },
    })
  })

  it('the mode decides between token and password; without one it is the token where there is one', async () => {
    const env = { CLAWDBOT_GATEWAY_PASSWORD: 'p' }
    expect(await settle({}, {}, env)).toMatchObject({ settings: { secretMode: 'token', secret: long } })
    expect(await settle({ auth: { mode: 'password' } }, {}, env)).toMatchObject({
      settings: { secretMode: 'password', secret: 'p' },
    })
    expect(await settle({}, {}, env, null)).toMatchObject({
      settings: { secretMode: 'password', secret: 'p' },
    })
    expect(await settle({}, { token: 'typed' })).toMatchObject({
      settings: { secretMode: 'token', secret: 'typed' },
    })
  })

  it.each([
    ['no token', {}, {}, {}, null, 'TOKEN_MISSING'],
    ['no password', { auth: { mode: 'password' } }, {}, {}, long, 'PASSWORD_MISSING'],
    [
      'a word for no password',
      { auth: { mode: 'password', password: 'undefined' } },
      {},
      {},
      long,
      'CONFIG_INVALID',
    ],
    ['a word for no token', {}, { token: 'null' }, {}, long, 'CONFIG_INVALID'],
    ['a short token beyond this machine', { bind: 'lan' }, {}, {}, 'x'.repeat(23), 'BIND_NEEDS_SECRET'],
    ['the same by a flag', {}, { bind: 'lan' }, {}, 'x'.repeat(23), 'BIND_NEEDS_SECRET'],
    [
      'a short password beyond it',
      { bind: 'custom', customBindHost: '0.0.0.0', auth: { mode: 'password', password: 'short' } },
      {},
      {},
      long,
      'BIND_NEEDS_SECRET',
    ],
    ['custom without an address', { bind: 'custom' }, {}, {}, long, 'CONFIG_INVALID'],
  ] as const)(
    '%s is refused as a matter of the configuration',
    async (_, gateway, flags, env, token, code) => {
      expect(await settle(gateway, flags, env, token)).toMatchObject({
        ok: false,
        problem: { code },
        isConfig: true,
      })
    },
  )

  it('an address that this machine has not is refused as one that may come back', async () => {
    const gateway = { bind: 'custom', customBindHost: '203.0.113.1' }
    expect(await settle(gateway)).toMatchObject({ problem: { code: 'BIND_UNAVAILABLE' }, isConfig: false })
  })

  it('a long secret opens it to others, and a short one is enough on this machine', async () => {
    expect(await settle({ bind: 'lan' })).toMatchObject({ settings: { addresses: ['0.0.0.0'] } })
    expect(await settle({ bind: 'custom', customBindHost: '127.0.0.9' }, {}, {}, 'short')).toMatchObject({
      ok: true,
    })
  })
})
