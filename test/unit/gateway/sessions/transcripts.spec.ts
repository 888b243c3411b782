import { execFileSync } from 'node:child_process'
import { appendFileSync, closeSync, openSync, symlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listSessions } from '../../../../gateway/sessions/read/list-sessions.ts'
import { previewSessions } from '../../../../gateway/sessions/read/preview-sessions.ts'
import type { SessionState } from '../../../../gateway/sessions/session-state.ts'
import { readHistory } from '../../../../gateway/sessions/transcript/chat-history.ts'
import { sessionFolders } from './session-folder.ts'

const folder = sessionFolders()
const user = (content: unknown) => ({ role: 'user', content })
const secret = 'c4nary-outside'

async function history(state: SessionState, limits = { messages: 200, maxBytes: 1_000_000 }) {
  const outcome = await readHistory(state, 'main', limits)
  return outcome.ok ? outcome.payload.messages.map(({ content }) => content) : outcome
}

describe('messages of a session', () => {
  it('are the last ones, in order, without envelopes; lines that are none are passed over', async () => {
    const { state, writeStore, transcript } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'abc' } })
    const path = transcript('abc', [
      user('[WhatsApp +49 2026-01-27 09:00] first'),
      { role: 'assistant', content: [{ type: 'text', text: 'second' }] },
      user([{ type: 'text', text: 'third\n[message_id: 7]' }]),
    ])
    appendFileSync(
      path,
      'not JSON\n{"type":"custom"}\n{"type":"message","message":{"role":"assistant","content":"last"}}',
    )
    const all = ['first', [{ type: 'text', text: 'second' }], [{ type: 'text', text: 'third' }], 'last']
    expect(await history(state())).toEqual(all)
    expect(await history(state(), { messages: 2, maxBytes: 1_000_000 })).toEqual(all.slice(2))
    appendFileSync(path, '\n{"type":"message","message":{"role":"user","cont')
    expect(await history(state())).toEqual(all)
    const outcome = await readHistory(state({ agents: { defaults: { thinkingDefault: 'low' } } }), 'main', {
      messages: 1,
      maxBytes: 1_000,
    })
    expect(outcome).toMatchObject({ payload: { sessionKey: 'main', sessionId: 'abc', thinkingLevel: 'low' } })
  })

  it('fit into the bytes that an answer may have, and a long one is only mentioned', async () => {
    const { state, writeStore, transcript } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'abc' } })
    transcript('abc', [
      user('x'.repeat(3_000_000)),
      user('y'.repeat(700)),
      ...Array(5).fill(user('z'.repeat(300))),
    ])
    const found = await history(state(), { messages: 100, maxBytes: 1_000 })
    expect(found).toEqual(Array(3).fill('z'.repeat(300)))
    const wide = await history(state(), { messages: 100, maxBytes: 100_000 })
    expect(wide).toHaveLength(7)
    expect(JSON.stringify(Object.values(wide)[0])).toMatch(/A message of 30\d+ bytes is not shown/)
  })

  it('of a transcript of 1 GB come at once', async () => {
    const { state, writeStore, transcript } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'abc' } })
    const path = transcript('abc', [user('first')])
    const file = openSync(path, 'r+')
    writeSync(file, `\n${JSON.stringify({ message: user('the end') })}\n`, 1024 ** 3)
    closeSync(file)
    const rss = process.memoryUsage.rss()
    const begun = performance.now()
    expect(await history(state(), { messages: 1, maxBytes: 1_000_000 })).toEqual(['the end'])
    const [row] = (await listSessions(state(), { includeLastMessage: true, includeDerivedTitles: true }))
      .sessions
    expect(row).toMatchObject({ lastMessagePreview: 'the end', derivedTitle: 'first' })
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect(process.memoryUsage.rss() - rss).toBeLessThan(100e6)
  })

  it('are shown in a few letters', async () => {
    const { state, writeStore, transcript } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'abc' }, 'agent:main:new': { sessionId: 'none' } })
    transcript('abc', [
      user('[Telegram Ann 2026-01-27T09:00Z] hello there, this is long'),
      {
        role: 'assistant',
        content: [{ type: 'toolCall', name: 'read' }, { type: 'toolCall', name: 'write' }, { name: 'x' }],
      },
      { role: 'user', content: [{ type: 'image', data: '…' }] },
    ])
    const { previews } = await previewSessions(state(), { keys: ['main', 'new', 'nobody'], maxChars: 20 })
    expect(previews).toEqual([
      {
        key: 'main',
        status: 'ok',
        items: [
          { role: 'user', text: 'hello there, this...' },
          { role: 'tool', text: 'call read, write +1' },
          { role: 'user', text: '[image]' },
        ],
      },
      { key: 'new', status: 'empty', items: [] },
      { key: 'nobody', status: 'missing', items: [] },
    ])
  })

  it('are no more in a preview than the answer may be long, and the last ones', async () => {
    const { state, writeStore, transcript } = folder()
    const keys = ['a', 'b', 'c'].map((id) => `agent:main:${id}`)
    writeStore(Object.fromEntries(keys.map((key, at) => [key, { sessionId: `s${at}` }])))
    const messages = Array.from({ length: 40 }, (_, at) => user(`${at} ${'ü'.repeat(1_000)}`))
    for (const at of [0, 1, 2]) transcript(`s${at}`, messages)
    const params = { keys, limit: 50, maxChars: 2_000 }
    const { previews } = await previewSessions(state(), params, 30_000)
    expect(previews.map(({ items }) => items.map(({ text }) => text.split(' ')[0]))).toEqual(
      [0, 1, 2].map(() => ['36', '37', '38', '39']),
    )
    expect(JSON.stringify(await previewSessions(state(), params)).length).toBeGreaterThan(100_000)
  })
})

describe('a transcript outside of its folder', () => {
  const line = JSON.stringify({ type: 'message', message: user(secret) })

  it.each([
    ['an id with dots and slashes', '../../../../outside', undefined],
    ['an absolute path as an id', '{base}/outside', undefined],
    ['an id with a NUL', 'outside\0', undefined],
    ['a file beside the folder', 'abc', '../../../../outside.jsonl'],
    ['a file anywhere', 'abc', '{base}/outside.jsonl'],
    ['a path through the folder', 'abc', '{sessions}/../../../../outside.jsonl'],
  ])('is not read: %s', async (_, id, file) => {
    const { state, base, sessions, write, writeStore } = folder()
    write(join(base, 'outside.jsonl'), `${line}\n`)
    const [sessionId, sessionFile] = [id, file].map((text) =>
      text?.replace('{base}', base).replace('{sessions}', sessions),
    )
    writeStore({ 'agent:main:main': { sessionId, sessionFile } })
    expect(await history(state())).toEqual([])
    const listed = await listSessions(state(), { includeLastMessage: true, includeDerivedTitles: true })
    expect(JSON.stringify(listed)).not.toContain(secret)
    expect(JSON.stringify(await previewSessions(state(), { keys: ['main'] }))).not.toContain(secret)
  })

  it('is not read through a link, even to another place in the state folder', async () => {
    const { state, base, stateDir, sessions, write, writeStore } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'abc' } })
    for (const target of [join(base, 'outside.jsonl'), join(stateDir, 'credentials/x.json')]) {
      write(target, `${line}\n`)
      symlinkSync(target, join(sessions, 'abc.jsonl'))
      expect(await history(state())).toEqual([])
      execFileSync('rm', [join(sessions, 'abc.jsonl')])
    }
  })

  it('a FIFO in its place is never waited for', async () => {
    const { state, sessions, writeStore } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'abc' } })
    execFileSync('mkfifo', [join(sessions, 'abc.jsonl')])
    expect(await history(state())).toMatchObject({ code: 'STATE_FILE_UNREADABLE' })
    expect((await listSessions(state(), { includeLastMessage: true })).sessions).toHaveLength(1)
  })

  it('is found by its name where the home has moved', async () => {
    const { state, writeStore, transcript } = folder()
    writeStore({
      'agent:main:main': {
        sessionId: 'abc',
        sessionFile: '/home/former/.clawdbot/sessions/abc-topic-1.jsonl',
      },
    })
    transcript('abc-topic-1', [user('still here')])
    expect(await history(state())).toEqual(['still here'])
  })
})
