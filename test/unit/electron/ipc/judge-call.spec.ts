import { describe, expect, it } from 'vitest'
import { isFromPage, readCall } from '../../../../electron/ipc/judge-call.ts'

const event = (origin: string, parent: unknown = null, id = 7) => ({
  senderFrame: { origin, parent },
  sender: { id },
})

describe('a message over IPC', () => {
  it('counts from the top frame of our page in our window', () => {
    expect(isFromPage(event('moltbot-desktop://app'), 7)).toBe(true)
  })

  it.each([
    ['a frame inside it', event('moltbot-desktop://app', {})],
    ['a frame that has gone', { senderFrame: null, sender: { id: 7 } }],
    ['another window', event('moltbot-desktop://app', null, 8)],
    ['another host', event('moltbot-desktop://other')],
    ['a longer host', event('moltbot-desktop://app.example.org')],
    ['a website', event('https://app')],
    ['a page without origin', event('null')],
    ['no origin', event('')],
  ])('does not count from %s', (_who, sent) => {
    expect(isFromPage(sent, 7)).toBe(false)
  })

  it('does not count before there is a window', () => {
    expect(isFromPage(event('moltbot-desktop://app'), null)).toBe(false)
  })
})

describe('a call over IPC', () => {
  it.each([
    [['host.snapshot', []]],
    [['timeline.page', [{ before: 3, limit: 100 }]]],
    [['settings.change', [{ language: 'en', list: [1, null, true, ['x'.repeat(60_000)]] }]]],
  ])('%j is read as it is', ([call, args]) => {
    expect(readCall([call, args])).toEqual({ ok: true, call, args })
  })

  it.each([
    ['nothing', []],
    ['a name alone', ['host.snapshot']],
    ['a third argument', ['host.snapshot', [], []]],
    ['no text as name', [{ toString: () => 'host.snapshot' }, []]],
    ['a long name', ['x'.repeat(65), []]],
  ])('with %s is no call', (_what, given) => {
    expect(readCall(given)).toMatchObject({ ok: false, code: 'CALL_UNKNOWN' })
  })

  const loop: unknown[] = []
  loop.push(loop)
  const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)
  it.each<[string, unknown]>([
    ['no list', {}],
    ['five arguments', [1, 2, 3, 4, 5]],
    ['a huge buffer', [new ArrayBuffer(64 * 1024 * 1024)]],
    ['a view on one', [new Uint8Array(64 * 1024 * 1024)]],
    ['a long text', ['x'.repeat(65 * 1024)]],
    ['a long name inside', [{ ['x'.repeat(65 * 1024)]: 1 }]],
    ['many small parts', [Array.from({ length: 40_000 }, () => 0)]],
    ['a list of holes', [new Array(2 ** 32 - 1)]],
    ['a loop', [loop]],
    ['great depth', [deep]],
    ['a map', [new Map()]],
    ['a date', [new Date()]],
    ['an error', [new Error('x')]],
    ['another prototype', [Object.create({ limit: 1 })]],
    ['a bigint', [1n]],
    ['nothing as argument', [undefined]],
  ])('with %s is refused at once', (_what, args) => {
    const before = performance.now()
    expect(readCall(['host.snapshot', args])).toMatchObject({ ok: false, code: 'CALL_ARGUMENTS' })
    expect(performance.now() - before).toBeLessThan(50)
  })
})
