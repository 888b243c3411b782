import { describe, expect, it } from 'vitest'
import type { Connection } from '../../../../renderer/transport/connection.ts'
import { WindowClient } from '../../../../renderer/transport/window-client.ts'
import { problem } from '../../../../shared/problem.ts'
import { scriptedStates, snapshotOf } from '../../../fixtures/scripted-states.ts'

const now = 1_800_000_000_000
const snapshot = snapshotOf(scriptedStates(now).running, now)

/** A preload that answers as the spec says. */
function open(
  answer: (call: string, args: readonly unknown[]) => unknown = () => ({ ok: true, value: snapshot }),
) {
  const order: string[] = []
  let tell: ((event: string, payload: unknown) => void) | null = null
  const client = new WindowClient(
    {
      call: async (call, args) => {
        order.push(call)
        return answer(call, args)
      },
      subscribe: (listener) => {
        order.push('subscribe')
        tell = listener
        return () => {
          tell = null
        }
      },
    },
    () => now,
  )
  const connections: Connection[] = []
  client.onConnection((connection) => {
    connections.push(connection)
    if (connection.name === 'connected') order.push('connected')
  })
  client.open()
  return { client, connections, order, tell: (event: string, payload: unknown) => tell?.(event, payload) }
}

describe('the client of the window', () => {
  it('has its events before it is connected, which it is at once', () => {
    const { order, connections } = open()
    expect(order).toEqual(['subscribe', 'connected'])
    expect(connections).toEqual([{ name: 'connected' }])
  })

  it('passes name and arguments on, and gives back what fits the contract', async () => {
    const asked: unknown[] = []
    const page = { entries: [], more: false }
    const { client } = open((...call) => {
      asked.push(call)
      return { ok: true, value: page }
    })
    expect(await client.call('timeline.page', { before: 3, limit: 1 })).toEqual({ ok: true, value: page })
    expect(asked).toEqual([['timeline.page', [{ before: 3, limit: 1 }]]])
  })

  it.each([
    ['another shape', { ok: true, value: { ...snapshot, gateway: { ...snapshot.gateway, port: 'x' } } }],
    ['no outcome', 'yes'],
    ['nothing', undefined],
    ['no code', { ok: false }],
  ])('takes %s for an answer that cannot be read', async (_what, answer) => {
    const outcome = await open(() => answer).client.call('host.snapshot')
    expect(outcome).toMatchObject({ ok: false, code: 'ANSWER_UNREADABLE', params: { call: 'host.snapshot' } })
  })

  it('gives a refusal as it is', async () => {
    const refusal = problem('HOST_LEAVING', { pid: 7 })
    expect(await open(() => ({ ok: false, ...refusal })).client.call('gateway.start')).toEqual({
      ok: false,
      ...refusal,
    })
  })

  it('hears the events of the contract, none that it does not know, and none after the end', () => {
    const { client, tell, connections } = open()
    const heard: number[] = []
    const end = client.on('gateway.changed', ({ revision }) => heard.push(revision))
    tell('gateway.changed', { ...snapshot.gateway, revision: 8 })
    tell('gateway.danced', {})
    tell('settings.changed', snapshot.settings)
    end()
    tell('gateway.changed', { ...snapshot.gateway, revision: 9 })
    expect(heard).toEqual([8])
    expect(connections.at(-1)?.name).toBe('connected')
  })

  it('stops listening to a host that it cannot read', () => {
    const { client, tell, connections } = open()
    const heard: unknown[] = []
    client.on('gateway.changed', (view) => heard.push(view))
    tell('gateway.changed', { revision: 'x' })
    tell('gateway.changed', snapshot.gateway)
    expect(heard).toEqual([])
    expect(connections.at(-1)).toMatchObject({ name: 'unreadable', problem: { code: 'ANSWER_UNREADABLE' } })
  })

  it('says once that the application ends, and begins again when asked', async () => {
    let isLeaving = true
    const { client, connections, order } = open(() =>
      isLeaving ? { ok: false, ...problem('CONNECTION_LOST', {}) } : { ok: true, value: snapshot },
    )
    expect(await client.call('host.snapshot')).toMatchObject({ code: 'CONNECTION_LOST' })
    await client.call('gateway.stop')
    expect(connections.slice(1)).toEqual([{ name: 'lost', since: now }])
    isLeaving = false
    client.retryNow()
    client.retryNow()
    expect(connections.slice(2)).toEqual([{ name: 'connected' }])
    expect(order.filter((step) => step === 'subscribe')).toHaveLength(1)
    expect(await client.call('host.snapshot')).toMatchObject({ ok: true })
  })
})
