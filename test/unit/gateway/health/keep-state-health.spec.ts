import { afterEach, describe, expect, it, vi } from 'vitest'
import { keepStateHealth } from '../../../../gateway/health/keep-state-health.ts'
import { nothingKnown } from '../../../../gateway/health/state-health.ts'
import { sessionFolders } from '../sessions/session-folder.ts'

const folder = sessionFolders()

describe('what health says of the state folder', () => {
  afterEach(() => vi.useRealTimers())

  it('are the channels, and the agents with the sessions that were used last', async () => {
    const { state, store, writeStore } = folder()
    const now = Date.now()
    const entries = Array.from({ length: 7 }, (_, at) => [
      `agent:main:s${at}`,
      { sessionId: `id${at}`, updatedAt: now - at * 60_000, lastTo: '+49' },
    ])
    writeStore({ ...Object.fromEntries(entries), global: { sessionId: 'g' }, 'agent:main:new': {} })
    const list = [{ id: 'ops' }, { id: 'main', default: true, name: 'Molty' }]
    const config = { channels: { telegram: {} }, agents: { list, defaults: { heartbeat: { every: '5m' } } } }
    const found = await keepStateHealth(() => state(config)).look()
    const sessions = { path: store, count: 8, recent: expect.any(Array) }
    const heartbeat = { enabled: false, every: 'disabled', everyMs: null }
    expect(found).toEqual({
      channels: { telegram: expect.objectContaining({ accountId: 'default', configured: true }) },
      channelOrder: ['telegram'],
      channelLabels: { telegram: 'Telegram' },
      heartbeatSeconds: 0,
      defaultAgentId: 'main',
      agents: [
        { agentId: 'main', name: 'Molty', isDefault: true, heartbeat, sessions },
        { agentId: 'ops', isDefault: false, heartbeat, sessions: expect.objectContaining({ count: 0 }) },
      ],
      sessions,
    })
    expect(found.sessions?.recent).toHaveLength(5)
    const [first] = found.sessions?.recent ?? []
    expect(first).toEqual({ key: 'agent:main:s0', updatedAt: now, age: expect.any(Number) })
  })

  it('is given from memory for a minute, then looked at anew', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { state, writeStore } = folder()
    const current = state()
    const keeper = keepStateHealth(() => current)
    const counts = () => keeper.known().sessions?.count
    expect(keeper.known()).toBe(nothingKnown)
    await expect.poll(counts).toBe(0)
    writeStore({ 'agent:main:a': { sessionId: 'a' } })
    vi.advanceTimersByTime(59_000)
    expect(keeper.current()).toMatchObject({ sessions: { count: 0 } }) // no promise: nothing was waited for
    vi.advanceTimersByTime(2_000)
    await keeper.current()
    await expect.poll(counts).toBe(1)
  })

  it('follows a configuration that changes during a look', async () => {
    const { state } = folder()
    let current = state({ channels: { telegram: {} } })
    const keeper = keepStateHealth(() => current)
    void keeper.look()
    current = state({ channels: { signal: {} } })
    expect(await keeper.look()).toMatchObject({ channelOrder: ['signal'] })
    expect(keeper.current()).toMatchObject({ channelOrder: ['signal'] })
    current = state({ channels: { slack: {} } })
    await keeper.current()
    await expect.poll(() => keeper.known().channelOrder).toEqual(['slack'])
  })

  it('keeps nobody waiting while thousands of sessions are read', async () => {
    const { state, writeStore } = folder()
    const entries = Array.from({ length: 60_000 }, (_, at) => [
      `agent:main:${at}`,
      { lastTo: 'x'.repeat(300) },
    ])
    writeStore(Object.fromEntries(entries))
    const current = state()
    const keeper = keepStateHealth(() => current)
    // Before the list is read to its end, there is an answer without it.
    expect(await keeper.current()).toBe(nothingKnown)
    await expect.poll(() => keeper.known().sessions?.count, { timeout: 10_000 }).toBe(60_000)
  })
})
