import { describe, expect, it } from 'vitest'
import { TerminalTalk } from '../../../../../renderer/features/terminal/terminal-talk.ts'
import type { EventPayload, HostEvent } from '../../../../../shared/host-api.ts'
import type { HostClient } from '../../../../../shared/host-client.ts'
import { maxTerminalWrite, terminalWindowBytes } from '../../../../../shared/terminals.ts'

const size = { cols: 80, rows: 24 }

/** A host that answers when it is told to. */
function aHost() {
  const asked: { call: string; args: unknown; answer(outcome: unknown): void }[] = []
  const listeners = new Map<HostEvent, Set<(payload: never) => void>>()
  const client: HostClient = {
    call: (call, ...args) =>
      new Promise((resolve) => {
        asked.push({ call, args: args[0], answer: (outcome) => resolve(outcome as never) }) // the spec knows the call
      }),
    on(event, listener) {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known.add(listener))
      return () => known.delete(listener)
    },
  }
  const tell = <E extends HostEvent>(event: E, payload: EventPayload<E>) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(payload as never)
  }
  const output = (id: string, data: string, seq = 1) =>
    tell('terminal.output', { id, seq, data, bytes: new TextEncoder().encode(data).length })
  const calls = (name: string) => asked.filter(({ call }) => call === name)
  const heard = () => [...listeners.values()].reduce((sum, { size: count }) => sum + count, 0)
  return { client, asked, tell, output, calls, heard }
}

async function opened() {
  const host = aHost()
  const shown: { text: string; done: () => void }[] = []
  const ends: unknown[] = []
  const talk = new TerminalTalk(host.client, {
    show: (text, done) => void shown.push({ text, done }),
    ended: (end) => void ends.push(end),
  })
  const opening = talk.open(size)
  return {
    ...host,
    talk,
    shown,
    ends,
    async answerOpen(outcome: unknown = { ok: true, value: { id: 't1' } }) {
      host.calls('terminal.open')[0]?.answer(outcome)
      return opening
    },
  }
}

describe('what page and host say about a terminal', () => {
  it('shows what came before the answer that names it, and nothing of another one', async () => {
    const { output, shown, answerOpen } = await opened()
    output('t1', 'early ')
    output('t2', 'of another')
    expect(shown).toEqual([])
    expect(await answerOpen()).toBeNull()
    output('t1', 'late')
    output('t2', 'of another')
    expect(shown.map(({ text }) => text)).toEqual(['early ', 'late'])
  })

  it('sends what is typed in order, one call at a time, and no character in two', async () => {
    const { talk, calls, answerOpen } = await opened()
    talk.type('before ')
    await answerOpen()
    const long = `${'x'.repeat(maxTerminalWrite - 2)}😀${'字'.repeat(maxTerminalWrite)}`
    talk.type('a')
    talk.type(long)
    const parts: string[] = []
    for (let turn = 0; turn < 10; turn += 1) {
      const [write, ...more] = calls('terminal.write').slice(parts.length)
      expect(more).toEqual([])
      if (!write) break
      const { data } = write.args as { data: string }
      expect(data.length).toBeLessThanOrEqual(maxTerminalWrite)
      expect(data.isWellFormed()).toBe(true)
      parts.push(data)
      write.answer({ ok: true, value: {} })
      await Promise.resolve()
      await Promise.resolve()
    }
    expect(parts.join('')).toBe(`before a${long}`)
    expect(parts.length).toBe(4)
  })

  it('says what has been shown before the host has to stop, and only that', async () => {
    const { output, shown, calls, answerOpen } = await opened()
    await answerOpen()
    const piece = '字'.repeat(10_000)
    for (let seq = 1; seq <= 10; seq += 1) output('t1', piece, seq)
    expect(calls('terminal.ack')).toEqual([])
    for (const { done } of shown) done()
    const told = calls('terminal.ack').reduce((sum, { args }) => sum + (args as { bytes: number }).bytes, 0)
    expect(300_000 - told).toBeLessThan(terminalWindowBytes / 4)
    expect(told).toBeLessThanOrEqual(300_000)
  })

  it('closes on the host what was closed on the page while it was opening', async () => {
    const { talk, calls, output, shown, answerOpen } = await opened()
    talk.close()
    expect(await answerOpen()).toBeNull()
    expect(calls('terminal.close')).toMatchObject([{ args: { id: 't1' } }])
    output('t1', 'to nobody')
    expect(shown).toEqual([])
  })

  it('tells the size that the page has by the time the shell is there', async () => {
    const { talk, calls, answerOpen } = await opened()
    talk.resize({ cols: 100, rows: 30 })
    talk.resize({ cols: 120, rows: 40 })
    await answerOpen()
    expect(calls('terminal.resize')).toMatchObject([{ args: { id: 't1', cols: 120, rows: 40 } }])
  })

  it('hears nothing more once it has ended, was closed, or was refused', async () => {
    const one = await opened()
    await one.answerOpen()
    one.tell('terminal.ended', { id: 't1', exitCode: 3, signal: null, problem: null })
    expect(one.ends).toMatchObject([{ exitCode: 3 }])
    one.talk.type('x')
    one.talk.resize(size)
    one.talk.close()
    expect(one.asked.map(({ call }) => call)).toEqual(['terminal.open'])
    const two = await opened()
    await two.answerOpen()
    two.talk.close()
    expect(two.calls('terminal.close')).toMatchObject([{ args: { id: 't1' } }])
    const three = await opened()
    expect(
      await three.answerOpen({ ok: false, code: 'TERMINALS_TOO_MANY', params: { limit: 8 } }),
    ).toMatchObject({
      code: 'TERMINALS_TOO_MANY',
    })
    expect([one.heard(), two.heard(), three.heard()]).toEqual([0, 0, 0])
  })
})
