import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BrowserClient } from '../../../../renderer/transport/browser-client.ts'
import type { SessionOutcome } from '../../../../renderer/transport/browser-session.ts'
import type { Connection } from '../../../../renderer/transport/connection.ts'

/** What the client uses of a WebSocket. */
class FakeSocket extends EventTarget {
  readonly sent: unknown[] = []
  isClosed = false
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.isClosed = true
  }
  opens(): void {
    this.dispatchEvent(new Event('open'))
  }
  says(frame: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
  ends(code: number): void {
    // Node has no CloseEvent constructor; the client reads its code only.
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}

function setUp(session: SessionOutcome = { name: 'ready', key: 'k1' }) {
  const sockets: FakeSocket[] = []
  const seen: Connection['name'][] = []
  const forget = vi.fn()
  const client = new BrowserClient({
    // Only these two are used here; the class has private fields no stand-in can have.
    session: { key: async () => session, forget } as never,
    openSocket: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket as never
    },
    now: () => Date.now(),
    random: () => 0,
  })
  client.onConnection(({ name }) => seen.push(name))
  const newest = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }
  const connect = async () => {
    client.open()
    await vi.advanceTimersByTimeAsync(0)
    newest().opens()
    newest().says({ ready: true })
  }
  return { client, sockets, seen, forget, newest, connect }
}

describe('BrowserClient', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('shows its key, subscribes, and only then is connected', async () => {
    const { newest, connect, seen } = setUp()
    await connect()
    expect(newest().sent).toEqual([{ auth: 'k1' }, { subscribe: true }])
    expect(seen).toEqual(['connecting', 'connected'])
  })

  it('tries again later each time, and says once that it is lost', async () => {
    const { newest, connect, sockets, seen } = setUp()
    await connect()
    newest().ends(1006)
    for (const delay of [250, 500, 1000]) {
      const before = sockets.length
      await vi.advanceTimersByTimeAsync(delay - 1)
      expect(sockets).toHaveLength(before)
      await vi.advanceTimersByTimeAsync(1)
      expect(sockets).toHaveLength(before + 1)
      newest().ends(1006)
    }
    expect(seen).toEqual(['connecting', 'connected', 'lost'])
    await vi.advanceTimersByTimeAsync(2000)
    newest().opens()
    newest().says({ ready: true })
    expect(seen.at(-1)).toBe('connected')
  })

  it('answers calls under way with the loss, and takes none meanwhile', async () => {
    const { client, newest, connect } = setUp()
    await connect()
    const call = client.call('gateway.stop')
    newest().ends(1006)
    expect(await call).toMatchObject({ ok: false, code: 'CONNECTION_LOST' })
    expect(await client.call('gateway.stop')).toMatchObject({ ok: false, code: 'CONNECTION_LOST' })
  })

  it('asks about a silence, and gives up a host that does not answer', async () => {
    const { newest, connect, seen } = setUp()
    await connect()
    const socket = newest()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(socket.sent.at(-1)).toMatchObject({ call: 'timeline.page' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(seen.at(-1)).toBe('lost')
    expect(socket.isClosed).toBe(true)
  })

  it('stays connected while the host answers', async () => {
    const { newest, connect, seen } = setUp()
    await connect()
    for (let rounds = 0; rounds < 5; rounds++) {
      await vi.advanceTimersByTimeAsync(15_000)
      newest().says({ id: rounds + 1, ok: true, value: { entries: [], more: false } })
    }
    expect(seen.at(-1)).toBe('connected')
  })

  it('gives up a host that accepts but never says that it is ready', async () => {
    const { client, seen } = setUp()
    client.open()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(seen.at(-1)).toBe('lost')
  })

  it('forgets its key when the host does', async () => {
    const { newest, connect, seen, forget, sockets } = setUp()
    await connect()
    newest().ends(4401)
    expect(seen.at(-1)).toBe('sessionRequired')
    expect(forget).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sockets).toHaveLength(1)
  })

  it('hears nothing from a socket it has left', async () => {
    const { client, newest, connect, sockets } = setUp()
    await connect()
    const [old] = sockets
    const heard = vi.fn()
    client.on('metrics.sampled', heard)
    await connect()
    const event = { event: 'metrics.sampled', payload: { at: 1, rssBytes: 1, cpuPercent: 1 } }
    old?.says(event)
    expect(heard).not.toHaveBeenCalled()
    newest().says(event)
    expect(heard).toHaveBeenCalledWith({ at: 1, rssBytes: 1, cpuPercent: 1 })
  })

  it('stops at words it cannot read, and passes over events it does not know', async () => {
    const { newest, connect, seen } = setUp()
    await connect()
    newest().says({ event: 'moon.rose', payload: 1 })
    expect(seen.at(-1)).toBe('connected')
    newest().says({ event: 'metrics.sampled', payload: { at: 'now' } })
    expect(seen.at(-1)).toBe('unreadable')
  })
})
