import { describe, expect, it } from 'vitest'
import { serveContract } from '../../../../host/transports/contract-server.ts'
import { HostEvents } from '../../../../host/transports/host-events.ts'
import type { Caller } from '../../../../shared/host-api.ts'
import type { HostFrame } from '../../../../shared/wire.ts'
import { ScriptedContract } from '../../../fixtures/scripted-contract.ts'
import { scriptedStates, snapshotOf } from '../../../fixtures/scripted-states.ts'

const ended = { id: 'terminal-1', exitCode: 0, signal: null, problem: null }
const opening = JSON.stringify({ id: 1, call: 'terminal.open', args: [{ cols: 80, rows: 24 }] })

function serve(host: ScriptedContract) {
  const sent: HostFrame[] = []
  const session = serveContract(host.handlers, host.events, {
    surface: 'socket',
    send: (frame) => void sent.push(frame),
  })
  return { session, sent, events: () => sent.flatMap((frame) => ('event' in frame ? [frame.event] : [])) }
}

describe('the contract over a wire', () => {
  it('says whose call it is, tells a client what is for it alone, and says when it has gone', async () => {
    const host = new ScriptedContract(snapshotOf(scriptedStates(0).running, 0))
    const callers: Caller[] = []
    host.on['terminal.open'] = (_size, caller) => {
      if (caller) callers.push(caller)
      return { id: 'terminal-1' }
    }
    const [one, other] = [serve(host), serve(host)]
    for (const { session } of [one, other]) {
      session.receive(JSON.stringify({ subscribe: true }))
      session.receive(opening)
    }
    const [first, second] = callers
    expect(first?.client).not.toBe(second?.client)
    host.events.emitTo(first?.client ?? '', 'terminal.ended', ended)
    host.change({ crashes: 3 })
    expect([one.events(), other.events()]).toEqual([
      ['terminal.ended', 'gateway.changed'],
      ['gateway.changed'],
    ])

    const gone: string[] = []
    first?.whenGone(() => gone.push('first'))
    second?.whenGone(() => gone.push('second'))
    one.session.close()
    one.session.close()
    expect([gone, first?.isGone(), second?.isGone()]).toEqual([['first'], true, false])
    first?.whenGone(() => gone.push('at once'))
    expect(gone).toEqual(['first', 'at once'])
    host.events.emitTo(first?.client ?? '', 'terminal.ended', ended)
    expect(one.events()).toHaveLength(2)
  })

  it('tells nothing to a client that has not asked for events, and masks what is for one alone', () => {
    const events = new HostEvents((payload) =>
      JSON.parse(JSON.stringify(payload).replaceAll('secret', '***')),
    )
    const heard: unknown[] = []
    events.onAny((_event, payload) => heard.push(payload), 'a')
    events.onAny(() => heard.push('to all'))
    events.emitTo('b', 'terminal.ended', ended)
    expect(heard).toEqual([])
    events.emitTo('a', 'terminal.ended', { ...ended, signal: 'secret' })
    expect(heard).toEqual([{ ...ended, signal: '***' }])
  })
})
