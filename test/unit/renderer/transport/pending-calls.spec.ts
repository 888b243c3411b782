import { describe, expect, it } from 'vitest'
import { PendingCalls } from '../../../../renderer/transport/pending-calls.ts'

const view = {
  revision: 1,
  state: { name: 'stopped', why: 'requested', since: 1 },
  port: 1,
  intent: 'stopped',
  version: null,
  crashes: 0,
}

function ask() {
  const pending = new PendingCalls()
  let id = 0
  const outcome = pending.add('gateway.stop', (given) => {
    id = given
  })
  return { pending, outcome, id: () => id }
}

describe('PendingCalls', () => {
  it('pairs answers with calls whatever their order', async () => {
    const pending = new PendingCalls()
    const ids: number[] = []
    const first = pending.add('gateway.stop', (id) => ids.push(id))
    const second = pending.add('gateway.start', (id) => ids.push(id))
    pending.settle({ id: ids[1] ?? 0, ok: true, value: { ...view, port: 2 } })
    pending.settle({ id: ids[0] ?? 0, ok: true, value: view })
    expect(await second).toMatchObject({ ok: true, value: { port: 2 } })
    expect(await first).toMatchObject({ ok: true, value: { port: 1 } })
  })

  it('refuses an answer that breaks the contract', async () => {
    const { pending, outcome, id } = ask()
    pending.settle({ id: id(), ok: true, value: { ...view, port: 'many' } })
    expect(await outcome).toMatchObject({
      ok: false,
      code: 'ANSWER_UNREADABLE',
      params: { call: 'gateway.stop', detail: expect.stringMatching(/^port: /) },
    })
  })

  it('hands on a refusal with its facts', async () => {
    const { pending, outcome, id } = ask()
    pending.settle({ id: id(), ok: false, code: 'CALL_NOT_HERE', params: { call: 'gateway.stop' } })
    expect(await outcome).toEqual({ ok: false, code: 'CALL_NOT_HERE', params: { call: 'gateway.stop' } })
  })

  it('leaves no caller waiting when the connection is gone', async () => {
    const { pending, outcome, id } = ask()
    pending.failAll()
    pending.settle({ id: id(), ok: true, value: view })
    expect(await outcome).toMatchObject({ ok: false, code: 'CONNECTION_LOST' })
  })
})
