import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import { serveWindow, type WindowContract } from '../../../../electron/ipc/serve-window.ts'
import type { Caller } from '../../../../shared/host-api.ts'
import { windowChannels } from '../../../../shared/window-bridge.ts'
import { ScriptedContract } from '../../../fixtures/scripted-contract.ts'
import { scriptedStates, snapshotOf } from '../../../fixtures/scripted-states.ts'

class FakeContents extends EventEmitter {
  readonly #id: number
  readonly sent: unknown[][] = []
  isGone = false
  address = 'moltbot-desktop://app/#/overview'
  constructor(id: number) {
    super()
    this.#id = id
  }
  get id(): number {
    if (this.isGone) throw new TypeError('Object has been destroyed')
    return this.#id
  }
  getURL(): string {
    return this.address
  }
  isDestroyed(): boolean {
    return this.isGone
  }
  send(...parts: unknown[]): void {
    if (this.isGone) throw new Error('Object has been destroyed')
    this.sent.push(parts)
  }
}

type Listener = (event: unknown, ...given: unknown[]) => unknown
const listeners = new Map<string, Listener>()
// Stands for the two members of ipcMain that are used.
const ipc = {
  handle: (channel: string, listener: Listener) => listeners.set(channel, listener),
  on: (channel: string, listener: Listener) => listeners.set(channel, listener),
} as unknown as Parameters<typeof serveWindow>[0]

let host: ScriptedContract
let contents: FakeContents
let contract: WindowContract
const now = Date.now()
beforeEach(() => {
  host = new ScriptedContract(snapshotOf(scriptedStates(now).running, now))
  contents = new FakeContents(7)
  contract = serveWindow(ipc, host)
  admit(contents)
})
const admit = (admitted: FakeContents) =>
  contract.admit(admitted as unknown as Parameters<WindowContract['admit']>[0])
const from = (sender: FakeContents, frame: object = {}) => ({
  sender,
  senderFrame: { origin: 'moltbot-desktop://app', parent: null, ...frame },
})
const call = (event: object, ...given: unknown[]) => listeners.get(windowChannels.call)?.(event, ...given)
const subscribe = (event: object, ...given: unknown[]) =>
  listeners.get(windowChannels.subscribe)?.(event, ...given)
const eventsAt = (at: FakeContents) => at.sent.map(([channel, name]) => [channel, name])
const changed = [windowChannels.event, 'gateway.changed']
const ended = { id: 'terminal-1', exitCode: 0, signal: null, problem: null }

describe("the window's transport", () => {
  it('answers the calls of our page with values', async () => {
    expect(await call(from(contents), 'host.snapshot', [])).toMatchObject({ ok: true })
    const order = { method: 'config.set', params: {}, scopes: ['operator.admin'], timeoutMs: 1_000 }
    for (const [name, args] of [
      ['host.link', []],
      ['gateway.call', [order]],
    ] as const) {
      expect(await call(from(contents), name, [...args])).toMatchObject({ ok: false, code: 'CALL_NOT_HERE' })
    }
    expect(await call(from(contents), 'constructor', [])).toMatchObject({ ok: false, code: 'CALL_UNKNOWN' })
    expect(await call(from(contents), 'gateway.stop', [1])).toMatchObject({
      ok: false,
      code: 'CALL_ARGUMENTS',
    })
  })

  it.each([
    ['another window', () => from(new FakeContents(8))],
    ['a frame in the page', () => from(contents, { parent: {} })],
    ['a foreign page', () => from(contents, { origin: 'https://example.org' })],
    ['a frame that has gone', () => ({ sender: contents, senderFrame: null })],
  ])('does nothing for %s', async (_who, event) => {
    expect(await call(event(), 'gateway.stop', [])).toMatchObject({ ok: false, code: 'CALL_NOT_HERE' })
    subscribe(event())
    host.change({ crashes: 1 })
    expect([host.calls, contents.sent]).toEqual([[], []])
  })

  it('refuses a flood, and serves again after it', async () => {
    host.snapshotDelayMs = 20
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => call(from(contents), 'host.snapshot', [])),
    )
    const refused = answers.filter((answer) => (answer as { code?: string }).code === 'CALLS_TOO_MANY')
    expect([refused.length, host.calls.length]).toEqual([936, 64])
    expect(await call(from(contents), 'host.snapshot', [])).toMatchObject({ ok: true })
  })

  it('sends the events once asked, to the page that asked, once each', () => {
    host.change({ crashes: 1 })
    expect(contents.sent).toEqual([])
    subscribe(from(contents))
    subscribe(from(contents))
    host.change({ crashes: 2 })
    expect(eventsAt(contents)).toEqual([changed])
  })

  it('takes no argument with the subscription', () => {
    subscribe(from(contents), new ArrayBuffer(8))
    host.change({ crashes: 1 })
    expect(contents.sent).toEqual([])
  })

  it.each([
    ['crashes', () => contents.emit('render-process-gone')],
    ['closes', () => contents.emit('destroyed')],
  ])('sends nothing more to a page that %s', (_what, end) => {
    subscribe(from(contents))
    end()
    host.change({ crashes: 1 })
    expect(contents.sent).toEqual([])
  })

  it('sends once to a page that was loaded again and has asked again', () => {
    subscribe(from(contents))
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    subscribe(from(contents))
    host.change({ crashes: 1 })
    expect(eventsAt(contents)).toEqual([changed])
  })

  it.each([true, false])(
    'goes on after a navigation that was prevented, or stayed in the page (%s)',
    (isSameDocument) => {
      subscribe(from(contents))
      // Electron tells of the start of a navigation before it asks whether to prevent it.
      contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument })
      host.change({ crashes: 1 })
      expect(eventsAt(contents)).toEqual([changed])
    },
  )

  it('sends nothing to another page that has come into the window', () => {
    subscribe(from(contents))
    contents.address = 'https://example.org/'
    host.change({ crashes: 1 })
    expect(contents.sent).toEqual([])
  })

  it('asks nothing of contents that are destroyed', async () => {
    subscribe(from(contents))
    contents.isGone = true
    contents.emit('destroyed')
    const next = new FakeContents(8)
    expect(await call(from(next), 'gateway.stop', [])).toMatchObject({ code: 'CALL_NOT_HERE' })
    expect(() => subscribe(from(next))).not.toThrow()
  })

  it('leaves contents alone that were destroyed without a word', () => {
    subscribe(from(contents))
    contents.isGone = true
    expect(() => host.change({ crashes: 1 })).not.toThrow()
  })

  it.each([
    ['is loaded again', () => subscribe(from(contents))],
    ['crashes', () => contents.emit('render-process-gone')],
    ['closes', () => contents.emit('destroyed')],
    ['gives way to another window', () => admit(new FakeContents(9))],
  ])('tells who was called that a page %s, and sends it what is for it alone', async (_what, end) => {
    const callers: Caller[] = []
    host.on['terminal.open'] = (_size, caller) => {
      if (caller) callers.push(caller)
      return { id: 'terminal-1' }
    }
    subscribe(from(contents))
    const open = () => call(from(contents), 'terminal.open', [{ cols: 80, rows: 24 }])
    await open()
    await open()
    const [caller] = callers
    expect(caller).toMatchObject({ surface: 'window' })
    expect(callers[1]).toBe(caller)
    host.events.emitTo(caller?.client ?? '', 'terminal.ended', ended)
    host.events.emitTo('another', 'terminal.ended', ended)
    expect(contents.sent).toEqual([[windowChannels.event, 'terminal.ended', ended]])
    let told = 0
    caller?.whenGone(() => {
      told += 1
    })
    expect([caller?.isGone(), told]).toEqual([false, 0])
    end()
    end()
    expect([caller?.isGone(), told]).toEqual([true, 1])
  })

  it('serves the next window and no longer the one before', async () => {
    subscribe(from(contents))
    const next = new FakeContents(9)
    admit(next)
    subscribe(from(next))
    contents.emit('destroyed')
    host.change({ crashes: 1 })
    expect([eventsAt(contents), eventsAt(next)]).toEqual([[], [changed]])
    expect(await call(from(contents), 'host.snapshot', [])).toMatchObject({ code: 'CALL_NOT_HERE' })
    expect(await call(from(next), 'host.snapshot', [])).toMatchObject({ ok: true })
  })
})
