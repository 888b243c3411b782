import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { createLogger } from '../../../../gateway/log/logger.ts'
import { serveClient } from '../../../../gateway/server/client-connection.ts'
import { createMethods } from '../../../../gateway/server/methods.ts'
import { createPresence } from '../../../../gateway/server/presence.ts'
import { createVitals } from '../../../../gateway/server/vitals.ts'
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

function serve() {
  const peer = new Peer()
  const vitals = createVitals('1.0.0')
  const presence = createPresence({ now: Date.now, redact: (text) => text, changed: () => {} })
  const places = { port: 1, configPath: '/c', stateDir: '/s', logPath: () => null }
  const client = serveClient(peer as unknown as WebSocket, {
    vitals,
    presence,
    methods: createMethods({ vitals, presence, ...places }),
    isToken: (presented) => presented === 'right',
    logger: createLogger([], 'test'),
    configPath: '/c',
    stateDir: '/s',
  })
  return { peer, client }
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
    client.sendEvent('tick', {})
    expect(peer.send).toHaveBeenCalledTimes(1) // the challenge
  })
})
