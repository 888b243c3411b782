import { describe, expect, it } from 'vitest'
import { changedKeys, planReload, type Settings } from '../../../../gateway/reload/plan-reload.ts'

const settings = (config: Settings['config'], token = 'a'): Settings => ({
  config,
  token: { value: token, source: 'environment' },
})
const base = settings({
  gateway: { port: 18_789, bind: 'loopback', reload: { mode: 'hybrid' } },
  logging: { level: 'info' },
})

describe('what a change asks for', () => {
  it.each<[string, Settings['config'], string, readonly string[]]>([
    ['nothing', {}, 'nothing', []],
    ['logging', { logging: { level: 'debug' } }, 'hot', ['logging.level']],
    ['messages', { messages: { queue: { cap: 5 } } }, 'hot', ['messages.queue.cap']],
    ['agents', { agents: { list: [{ id: 'a' }] } }, 'hot', ['agents.list']],
    ['session', { session: { reset: { atHour: 5 } } }, 'hot', ['session.reset.atHour']],
    ['commands', { commands: { restart: true } }, 'hot', ['commands.restart']],
    ['update', { update: { channel: 'beta' } }, 'hot', ['update.channel']],
    ['channels', { channels: { whatsapp: { dmPolicy: 'pairing' } } }, 'hot', ['channels.whatsapp.dmPolicy']],
    ['web', { web: { heartbeatSeconds: 30 } }, 'hot', ['web.heartbeatSeconds']],
    [
      'foreign sections',
      { models: { mode: 'merge' }, tools: { deny: ['exec'] } },
      'hot',
      ['models.mode', 'tools.deny'],
    ],
    ['plugins', { plugins: { enabled: false } }, 'restart', ['plugins.enabled']],
    ['the stamp of who wrote it', { meta: { lastTouchedVersion: '2026.1.29' } }, 'nothing', []],
    ['the answers of the wizard', { wizard: { lastRunMode: 'local' } }, 'nothing', []],
    ['an empty section', { messages: {}, web: { reconnect: {} } }, 'nothing', []],
  ])('%s', (_, more, kind, keys) => {
    expect(planReload(base, settings({ ...base.config, ...more }))).toEqual({ kind, keys, left: [] })
  })

  it.each<[string, NonNullable<Settings['config']['gateway']>, string]>([
    ['port', { port: 19_001 }, 'restart'],
    ['bind', { bind: 'lan' }, 'restart'],
    ['auth', { auth: { mode: 'password', password: 'x' } }, 'restart'],
    ['trustedProxies', { trustedProxies: ['10.0.0.1'] }, 'restart'],
    ['reload', { reload: { mode: 'hybrid', debounceMs: 5 } }, 'nothing'],
    ['remote', { remote: { url: 'ws://elsewhere' } }, 'nothing'],
    ['controlUi', { controlUi: { enabled: false } }, 'nothing'],
    ['mode', { mode: 'local' }, 'nothing'],
  ])('gateway.%s', (_, more, kind) => {
    const after = settings({ ...base.config, gateway: { ...base.config.gateway, ...more } })
    expect(planReload(base, after).kind).toBe(kind)
  })

  it('another token is a restart, wherever it comes from', () => {
    expect(planReload(base, settings(base.config, 'b'))).toEqual({
      kind: 'restart',
      keys: ['gateway.auth.token'],
      left: [],
    })
  })

  it('a section that is gone is named by what it said', () => {
    expect(planReload(base, settings({ logging: { level: 'info' } }))).toMatchObject({
      kind: 'restart',
      keys: ['gateway.bind', 'gateway.port'],
    })
    expect(planReload(base, settings({ gateway: base.config.gateway }))).toMatchObject({
      kind: 'hot',
      keys: ['logging.level'],
    })
  })

  it('is not misled by names that objects inherit', () => {
    const odd = JSON.parse('{ "constructor": { "a": 1 }, "toString": 2 }')
    expect(changedKeys(settings({ ui: odd }), settings({ ui: {} }))).toEqual([
      'ui.constructor.a',
      'ui.toString',
    ])
  })
})

describe('gateway.reload.mode', () => {
  const both = settings({
    ...base.config,
    gateway: { ...base.config.gateway, port: 19_001 },
    logging: { level: 'warn' },
  })
  const light = settings({ ...base.config, logging: { level: 'warn' } })

  it('hybrid: what needs a restart has one, which brings the rest', () => {
    expect(planReload(base, both, 'hybrid')).toEqual({ kind: 'restart', keys: ['gateway.port'], left: [] })
  })

  it('hot: what needs a restart waits, and is told', () => {
    expect(planReload(base, both, 'hot')).toEqual({
      kind: 'hot',
      keys: ['logging.level'],
      left: ['gateway.port'],
    })
    const heavy = settings({ ...base.config, gateway: { port: 1 } })
    expect(planReload(base, heavy, 'hot')).toMatchObject({
      kind: 'ignored',
      left: ['gateway.bind', 'gateway.port'],
    })
  })

  it('restart: every change is one', () => {
    expect(planReload(base, light, 'restart')).toEqual({ kind: 'restart', keys: ['logging.level'], left: [] })
    expect(planReload(base, base, 'restart').kind).toBe('nothing')
  })

  it('off: nothing happens, and it is told what did not', () => {
    expect(planReload(base, light, 'off')).toEqual({ kind: 'ignored', keys: [], left: ['logging.level'] })
  })
})
