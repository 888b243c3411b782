import { beforeEach, describe, expect, it } from 'vitest'
import { LogReading } from '../../../../../renderer/features/logs/log-reading.ts'
import { useLog } from '../../../../../renderer/features/logs/log-store.ts'
import type { CallArgs, HostCall } from '../../../../../shared/host-api.ts'
import type { HostClient } from '../../../../../shared/host-client.ts'
import { problem } from '../../../../../shared/problem.ts'
import { ScriptedLog } from '../../../../fixtures/scripted-log.ts'

/** A reading over a log in memory, whose answers the spec lets through one by one. */
function scripted() {
  const listeners = new Map<string, () => void>()
  const log = new ScriptedLog(() => listeners.get('logs.grew')?.())
  const asked: { call: HostCall; args: unknown; let: (outcome?: unknown) => Promise<void> }[] = []
  const client: HostClient = {
    call: (call, ...args) =>
      new Promise((resolve) => {
        const [first] = args
        const answer = () =>
          call === 'logs.read'
            ? log.read(first as CallArgs<'logs.read'>[0])
            : log.earlier(first as CallArgs<'logs.earlier'>[0])
        asked.push({
          call,
          args: first,
          let: (outcome = { ok: true, value: answer() }) => {
            resolve(outcome as never) // the spec knows the call
            return new Promise((done) => setTimeout(done))
          },
        })
      }),
    on: (event, listener) => {
      listeners.set(event, listener as () => void)
      return () => void listeners.delete(event)
    },
  }
  const append = (from: number, count: number) =>
    log.append(...Array.from({ length: count }, (_none, index) => ({ text: `line ${from + index}` })))
  return { reading: new LogReading(client), append, asked, log }
}

const texts = () => {
  const { book } = useLog.getState()
  return book.shown.map((number) => {
    const entry = book.entry(number)
    return entry && 'text' in entry ? entry.text : entry?.mark
  })
}
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_none, index) => `line ${from + index}`)

describe('reading the log', () => {
  beforeEach(() => useLog.getState().began())

  it('asks one thing at a time, and goes on where the last answer ended', async () => {
    const { reading, append, asked } = scripted()
    append(0, 10)
    expect(asked).toHaveLength(0)
    reading.watch()
    append(10, 5)
    append(15, 5)
    expect(asked).toHaveLength(1)
    await asked[0]?.let()
    expect(asked).toHaveLength(2)
    append(20, 5)
    await asked[1]?.let()
    await asked[2]?.let()
    expect(asked).toHaveLength(3)
    expect(texts()).toEqual(lines(0, 25))
  })

  it('reads on to the end without being told again', async () => {
    const { reading, append, asked } = scripted()
    append(0, 1)
    reading.watch()
    await asked[0]?.let()
    append(1, 2_500)
    for (let index = 1; index < asked.length; index++) await asked[index]?.let()
    expect(texts()).toEqual(lines(0, 2_501))
  })

  it('stops when nobody looks, and goes on from there', async () => {
    const { reading, append, asked } = scripted()
    append(0, 3)
    const stop = reading.watch()
    await asked[0]?.let()
    stop()
    append(3, 3)
    expect(asked).toHaveLength(1)
    reading.watch()
    await asked[1]?.let()
    expect(texts()).toEqual(lines(0, 6))
  })

  it('leaves no gap where earlier lines push newer ones out while a read is under way', async () => {
    const { reading, append, asked } = scripted()
    append(0, 105_000)
    reading.watch()
    await asked[0]?.let()
    useLog.getState().hold(useLog.getState().book.first)
    const { book } = useLog.getState()
    while (book.room > 2_000) {
      reading.loadEarlier()
      await asked.at(-1)?.let()
    }
    append(105_000, 500)
    const read = asked.at(-1)
    expect(read?.call).toBe('logs.read')
    const { end } = book
    while (book.end === end) {
      reading.loadEarlier()
      await asked.at(-1)?.let()
    }
    await read?.let()
    useLog.getState().hold(book.end - 10)
    reading.readOn()
    for (let index = asked.length - 1; index < asked.length; index++) await asked[index]?.let()
    const shown = texts()
    const first = Number(shown[0]?.slice(5))
    expect(shown).toEqual(lines(first, first + shown.length))
    expect(shown.at(-1)).toBe('line 105499')
  })

  it('drops an answer to a question of before the jump to the newest lines', async () => {
    const { reading, append, asked } = scripted()
    append(0, 5)
    reading.watch()
    const late = asked[0]
    reading.readNewest()
    await asked[1]?.let()
    await late?.let()
    expect(texts()).toEqual(lines(0, 5))
  })

  it('says why the host refused, and nothing where the connection is gone', async () => {
    const { reading, asked } = scripted()
    reading.watch()
    await asked[0]?.let({ ok: false, ...problem('CONNECTION_LOST', {}) })
    expect(useLog.getState().problem).toBeNull()
    reading.readOn()
    await asked[1]?.let({ ok: false, ...problem('INTERNAL', { detail: 'x' }) })
    expect(useLog.getState().problem?.code).toBe('INTERNAL')
    reading.readOn()
    await asked[2]?.let()
    expect(useLog.getState().problem).toBeNull()
  })
})
