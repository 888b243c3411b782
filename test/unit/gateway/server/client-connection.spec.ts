import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { AccessEntry } from '../../../../gateway/access/access-log.ts'
import { nothingKnown } from '../../../../gateway/health/state-health.ts'
import { createLogger } from '../../../../gateway/log/logger.ts'
import { serveClient } from '../../../../gateway/server/client-connection.ts'
import { createCounts } from '../../../../gateway/server/counts.ts'
import { createGate } from '../../../../gateway/server/gate.ts'
import { createGuessLimit } from '../../../../gateway/server/guess-limit.ts'
import { defineMethod, found } from '../../../../gateway/server/method.ts'
import { createPresence } from '../../../../gateway/server/presence.ts'
import { createRequestLog } from '../../../../gateway/server/request-log.ts'
import { createVitals } from '../../../../gateway/server/vitals.ts'
import { noParamsSchema } from '../../../../shared/protocol/methods.ts'
import { maskedFrame, opcode } from '../../../fixtures/masked-frame.ts'
import { connectParams } from './device.ts'

/** A peer whose buffer and patience a test can set, which a real socket does not let it. */
class Peer extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly send = vi.fn()
  readonly ping = vi.fn()
  readonly pong = vi.fn()
  readonly terminate = vi.fn()
  readonly close = vi.fn(() => {
    this.readyState = 2
  })
  say(frame: object) {
    this.emit('message', Buffer.from(JSON.stringify(frame)), false)
  }
}

function serve(from = '127.0.0.1', gate = createGate('token', 'right', createGuessLimit())) {
  const peer = new Peer()
  const wire = new EventEmitter()
  const visits: AccessEntry[] = []
  const vitals = createVitals('1.0.0')
  const presence = createPresence({ now: Date.now, redact: (text) => text, changed: () => {} })
  const logger = createLogger([], 'test')
  const client = serveClient(peer as unknown as WebSocket, {
    peer: { from, isLoopback: from === '127.0.0.1' },
    wire,
    prove: () => true,
    services: {
      vitals,
      presence,
      stateHealth: { known: () => ({ ...nothingKnown, channelOrder: ['telegram'] }) },
      methods: new Map([
        ['health', defineMethod('operator.read', noParamsSchema, () => found({ ok: true }))],
      ]),
      gate,
      counts: createCounts(),
      access: { write: (entry) => visits.push(entry) },
      logger,
      requestLog: createRequestLog(logger, 'auto', false),
      healthVersion: () => 0,
      sessionDefaults: () => ({}),
      configPath: '/c',
      stateDir: '/s',
    },
  })
  return { peer, wire, client, visits }
}

describe('a connection', () => {
  it('is closed when its client reads too slowly', () => {
    const { peer } = serve()
    peer.say({ type: 'req', id: '1', method: 'connect', params: connectParams('right') })
    expect(peer.close).not.toHaveBeenCalled()
    peer.bufferedAmount = 1_572_865
    peer.say({ type: 'req', id: '2', method: 'health' })
    expect(peer.close).toHaveBeenCalledWith(1008, 'slow consumer')
  })

  it('is closed when it has not said connect in ten seconds', () => {
    vi.useFakeTimers()
    try {
      const { peer } = serve()
      vi.advanceTimersByTime(9_999)
      expect(peer.close).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1)
      expect(peer.close).toHaveBeenCalledWith(1008, 'connect timeout')
      vi.advanceTimersByTime(1_000)
      expect(peer.terminate).toHaveBeenCalled()
    } finally {
      vi.useRealTimers()
    }
  })

  it('is cut off when it does not answer the last ping', () => {
    const { peer, client } = serve()
    client.checkAlive()
    peer.emit('pong')
    client.checkAlive()
    expect(peer.terminate).not.toHaveBeenCalled()
    client.checkAlive()
    expect(peer.terminate).toHaveBeenCalled()
  })

  it('hears no event before it is proven', () => {
    const { peer, client } = serve()
    client.sendEvent({ event: 'tick', payload: '{}' })
    expect(peer.send).toHaveBeenCalledTimes(1) // the challenge
  })

  it.each([
    ['operator.read', ['telegram']],
    ['operator.pairing', []],
  ])('with %s is told in hello-ok of the channels %j', (scope, channelOrder) => {
    const { peer } = serve()
    const params = { ...connectParams('right'), scopes: [scope] }
    peer.say({ type: 'req', id: '1', method: 'connect', params })
    const { payload } = JSON.parse(peer.send.mock.lastCall?.[0])
    expect(payload.snapshot.health).toMatchObject({ ok: true, channelOrder })
  })

  it('hears only what it was granted, and numbers what it hears without a gap', () => {
    const { peer, client } = serve()
    const params = { ...connectParams('right'), scopes: ['operator.pairing', 'operator.everything'] }
    peer.say({ type: 'req', id: '1', method: 'connect', params })
    for (const event of ['tick', 'health', 'device.pair.requested', 'exec.approval.requested', 'shutdown']) {
      client.sendEvent({ event, payload: '{"a":1}', stateVersion: '{"presence":1,"health":2}' })
    }
    const sent = peer.send.mock.calls.map(([text]) => JSON.parse(String(text)))
    expect(sent[1].payload.auth).toEqual({ role: 'operator', scopes: ['operator.pairing'] })
    expect(sent.slice(2).map(({ event, seq }) => [event, seq])).toEqual([
      ['tick', 1],
      ['device.pair.requested', 2],
      ['shutdown', 3],
    ])
    expect(sent[2]).toMatchObject({ payload: { a: 1 }, stateVersion: { presence: 1, health: 2 } })
    peer.say({ type: 'req', id: '2', method: 'health' })
    const answer = JSON.parse(String(peer.send.mock.calls.at(-1)?.[0]))
    expect(answer).toMatchObject({ ok: false, error: { details: { reason: 'missing_scope' } } })
  })

  it('is closed when a message is not finished in thirty seconds, whatever pings come between', () => {
    vi.useFakeTimers()
    try {
      const { peer, wire } = serve()
      peer.say({ type: 'req', id: '1', method: 'connect', params: connectParams('right') })
      wire.emit('data', maskedFrame(opcode.text, Buffer.from('{'), false))
      vi.advanceTimersByTime(20_000)
      wire.emit('data', maskedFrame(opcode.rest, Buffer.from('}')))
      wire.emit('data', maskedFrame(opcode.text, Buffer.from('{'), false))
      for (let count = 0; count < 29; count += 1) {
        vi.advanceTimersByTime(1_000)
        wire.emit('data', maskedFrame(opcode.ping, Buffer.alloc(0)))
      }
      expect(peer.close).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1_000)
      expect(peer.close).toHaveBeenCalledWith(1008, 'message not finished in time')
    } finally {
      vi.useRealTimers()
    }
  })

  it('is closed when it announces much before it has said connect, and may do so after', () => {
    const long = Buffer.alloc(65_535)
    const before = serve()
    before.wire.emit('data', maskedFrame(opcode.text, long, false))
    before.wire.emit('data', maskedFrame(opcode.rest, long, false))
    expect(before.peer.close).toHaveBeenCalledWith(1008, 'message too long before connect')
    before.peer.emit('close', 1008)
    expect(before.visits).toMatchObject([{ kind: 'refused', reason: 'message_too_long' }])
    const after = serve()
    after.peer.say({ type: 'req', id: '1', method: 'connect', params: connectParams('right') })
    after.wire.emit('data', maskedFrame(opcode.text, long, false))
    after.wire.emit('data', maskedFrame(opcode.rest, long, false))
    expect(after.peer.close).not.toHaveBeenCalled()
  })

  it('waits before it answers one of many guesses from another machine, and lets the right secret in at once', () => {
    vi.useFakeTimers()
    try {
      const from = '203.0.113.7'
      const gate = createGate(
        'token',
        'right',
        createGuessLimit(() => 0),
      )
      for (let count = 0; count < 10; count += 1) gate.judge({ token: 'wrong' }, from)
      const guessing = (token: string) => {
        const served = serve(from, gate)
        served.peer.say({ type: 'req', id: '1', method: 'connect', params: connectParams(token) })
        return served
      }
      const { peer, visits } = guessing('wrong')
      vi.advanceTimersByTime(999)
      expect(peer.send).toHaveBeenCalledTimes(1) // the challenge
      peer.say({ type: 'req', id: '2', method: 'connect', params: connectParams('right') })
      const right = guessing('right')
      expect(right.visits).toMatchObject([{ kind: 'connect', from }])
      vi.advanceTimersByTime(1)
      const answer = JSON.parse(String(peer.send.mock.calls[1]?.[0]))
      expect(answer).toMatchObject({
        id: '1',
        error: { details: { reason: 'rate_limited' }, retryable: true, retryAfterMs: 60_000 },
      })
      expect(peer.close).toHaveBeenCalledWith(1008, 'rate_limited')
      peer.emit('close', 1008)
      expect(visits).toMatchObject([
        { kind: 'refused', from, reason: 'rate_limited', client: { id: 'test' } },
      ])
    } finally {
      vi.useRealTimers()
    }
  })
})
