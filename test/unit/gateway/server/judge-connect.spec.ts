import { describe, expect, it } from 'vitest'
import { createGate } from '../../../../gateway/server/gate.ts'
import { createGuessLimit } from '../../../../gateway/server/guess-limit.ts'
import { judgeConnect } from '../../../../gateway/server/judge-connect.ts'
import type { ConnectParams } from '../../../../shared/protocol/connect.ts'
import { connectParams, createDevice } from './device.ts'

const now = 1_800_000_000_000
const gate = createGate('token', 'right', createGuessLimit())
const judgeSecret = (auth: ConnectParams['auth']) => gate.judge(auth, '127.0.0.1')
const context = { nonce: 'the-nonce', now, judgeSecret }
const good = connectParams('right')

describe('connect', () => {
  it('passes with the token', () => {
    expect(judgeConnect(good, context)).toMatchObject({ ok: true })
    expect(judgeConnect({ ...good, minProtocol: 1, maxProtocol: 9 }, context)).toMatchObject({ ok: true })
  })

  it('passes with what released clients send besides', () => {
    const { client } = good
    const released = {
      ...good,
      maxProtocol: 4,
      client: { ...client, id: 'clawdbot-macos', deviceFamily: 'Mac', modelIdentifier: 'Mac15,3' },
      role: 'operator',
      scopes: ['operator.admin'],
      caps: [],
      commands: ['canvas.present'],
      permissions: { screen: true },
      pathEnv: '/usr/bin:/bin',
      locale: '',
      userAgent: 'x',
    }
    expect(judgeConnect(released, context)).toMatchObject({ ok: true })
  })

  it.each([
    ['no parameters', undefined, 'invalid_params'],
    ['an extra key', { ...good, admin: true }, 'invalid_params'],
    ['an unknown client', { ...good, client: { ...good.client, id: 'me' } }, 'invalid_params'],
    ['a protocol too new', { ...good, minProtocol: 4, maxProtocol: 4 }, 'protocol_mismatch'],
    ['a protocol too old', { ...good, minProtocol: 1, maxProtocol: 2 }, 'protocol_mismatch'],
    ['no token', connectParams(), 'token_missing'],
    ['an empty token', connectParams(''), 'token_missing'],
    ['an unknown role', { ...good, role: 'owner' }, 'role_unsupported'],
    ['a wrong token', connectParams('wrong'), 'token_mismatch'],
    ['a token that begins right', connectParams('right-and-more'), 'token_mismatch'],
    ['the role of a node', { ...good, role: 'node' }, 'role_unsupported'],
  ])('is refused with %s', (_, params, reason) => {
    expect(judgeConnect(params, context)).toMatchObject({ ok: false, reason })
  })

  it('never repeats the token it was given', () => {
    expect(JSON.stringify(judgeConnect(connectParams('guess-guess'), context))).not.toContain('guess')
  })
})

describe('a device', () => {
  const signed = createDevice()
  const proven = signed(good, 'the-nonce', now)

  it('passes with a true signature over this challenge', () => {
    expect(judgeConnect(proven, context)).toMatchObject({ ok: true })
  })

  it.each([
    ['another nonce', signed(good, 'an-older-nonce', now)],
    ['no nonce', { ...proven, device: { ...proven.device, nonce: undefined } }],
    ['an old signature', signed(good, 'the-nonce', now - 600_001)],
    ['a signature from the future', signed(good, 'the-nonce', now + 600_001)],
    ['another key’s id', { ...proven, device: { ...proven.device, id: 'a'.repeat(64) } }],
    [
      'another key',
      { ...proven, device: { ...createDevice()(good, 'the-nonce', now).device, id: proven.device.id } },
    ],
    ['a short key', { ...proven, device: { ...proven.device, publicKey: 'AAAA' } }],
    ['no signature', { ...proven, device: { ...proven.device, signature: '' } }],
    ['scopes that were not signed', { ...proven, scopes: ['operator.admin'] }],
    ['a role that was not signed', { ...proven, role: 'node' }],
    ['another client', { ...proven, client: { ...proven.client, id: 'cli' } }],
  ])('is refused with %s, though the token is right', (_, params) => {
    expect(judgeConnect(params, context)).toMatchObject({ ok: false, reason: 'device_invalid' })
  })

  it('does not stand in for the token', () => {
    const withoutToken = connectParams()
    expect(judgeConnect(signed(withoutToken, 'the-nonce', now), context)).toMatchObject({
      reason: 'token_missing',
    })
  })
})
