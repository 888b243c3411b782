import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listParts } from '../../../../host/logs/log-family.ts'
import { readEarlier, readLog } from '../../../../host/logs/read-log.ts'
import type { LogCursor } from '../../../../shared/log.ts'
import { append, logFolders, readAll, recordLine, texts, today, yesterday } from './log-folder.ts'

const logFolder = logFolders()
const count = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `n${from + index}`)

/** A reader that has seen all there is. */
async function atEnd(path: string): Promise<LogCursor> {
  return (await readLog(path, { cursor: null, maxLines: 10 })).next
}

describe('the last lines', () => {
  it('come with time, level, subsystem, and message with facts', async () => {
    const log = logFolder()
    writeFileSync(log.today, recordLine('Refused', { level: 'warn', data: { reason: 'token', n: 2 } }))
    const chunk = await readLog(log.today, { cursor: null, maxLines: 10 })
    expect(chunk).toMatchObject({ path: log.today, more: false, restarted: false, trouble: null })
    expect(chunk.lines).toEqual([
      {
        offset: 0,
        bytes: statSync(log.today).size - 1,
        time: Date.parse('2026-01-30T08:00:00Z'),
        level: 'warn',
        subsystem: 'test',
        text: 'Refused reason=token n=2',
        cutBytes: 0,
      },
    ])
  })

  it('are the newest, up to 5,000, and the ones before follow without a gap', async () => {
    const log = logFolder()
    append(log.today, ...count(0, 12_000))
    const tail = await readLog(log.today, { cursor: null, maxLines: 5_000 })
    expect(texts(tail)).toEqual(count(7_000, 12_000))
    const before = await readEarlier(log.today, { before: tail.first, maxLines: 5_000 })
    expect(texts(before)).toEqual(count(2_000, 7_000))
    expect(before).toMatchObject({ more: true, next: tail.first })
    const first = await readEarlier(log.today, { before: before.first, maxLines: 5_000 })
    expect(texts(first)).toEqual(count(0, 2_000))
    expect(first).toMatchObject({ more: false, first: { offset: 0 } })
  })

  it('are those of the newest day where today has no file', async () => {
    const log = logFolder()
    append(log.at('moltbot-2026-01-28.log'), 'older')
    append(log.at(yesterday), 'newer')
    append(log.at('other.log'), 'not ours')
    expect(texts(await readLog(log.today, { cursor: null, maxLines: 10 }))).toEqual(['newer'])
  })

  it('begin with the first one where there is no file yet', async () => {
    const log = logFolder()
    rmSync(log.folder, { recursive: true })
    const nothing = await readLog(log.today, { cursor: null, maxLines: 10 })
    expect(nothing).toMatchObject({ path: log.today, inode: 0, lines: [], trouble: null })
    const other = logFolder()
    append(other.today, 'first', 'second')
    const chunk = await readLog(other.today, { cursor: nothing.next, maxLines: 10 })
    expect(texts(chunk)).toEqual(['first', 'second'])
    expect(chunk.restarted).toBe(false)
  })
})

describe('reading on', () => {
  it('gives each line once, and only with its line feed', async () => {
    const log = logFolder()
    append(log.today, 'a')
    let next = await atEnd(log.today)
    const line = recordLine('b')
    appendFileSync(log.today, line.slice(0, 20))
    const half = await readLog(log.today, { cursor: next, maxLines: 10 })
    expect(half).toMatchObject({ lines: [], next, more: false })
    appendFileSync(log.today, line.slice(20))
    append(log.today, 'c', 'd')
    const two = await readLog(log.today, { cursor: half.next, maxLines: 2 })
    expect(texts(two)).toEqual(['b', 'c'])
    expect(two.more).toBe(true)
    next = two.next
    expect(texts(await readLog(log.today, { cursor: next, maxLines: 2 }))).toEqual(['d'])
  })

  it('goes on with the next days at midnight, and loses nothing in between', async () => {
    const log = logFolder()
    const next = await (async () => {
      append(log.at(yesterday), 'a')
      return atEnd(log.at(yesterday))
    })()
    append(log.at(yesterday), 'b')
    // The new day has come and its file has not: the old one is still the log.
    expect(await readLog(log.today, { cursor: next, maxLines: 10 })).toMatchObject({ restarted: false })
    append(log.today, 'c')
    append(log.at('moltbot-2026-01-31.log'), 'd')
    const all = await readAll(
      (cursor) => readLog(log.at('moltbot-2026-01-31.log'), { cursor, maxLines: 10 }),
      next,
    )
    expect(all.lines).toEqual(['b', 'c', 'd'])
  })

  it('goes on through the parts of a day that became too large', async () => {
    const log = logFolder()
    append(log.today, 'a')
    const next = await atEnd(log.today)
    append(log.today, 'b')
    renameSync(log.today, log.at('moltbot-2026-01-30.1.log'))
    append(log.at('moltbot-2026-01-30.10.log'), 'd')
    append(log.at('moltbot-2026-01-30.2.log'), 'c')
    append(log.at('access-2026-01-30.log'), 'not this one')
    append(log.today, 'e')
    const all = await readAll((cursor) => readLog(log.today, { cursor, maxLines: 10 }), next)
    expect(all.lines).toEqual(['b', 'c', 'd', 'e'])
    append(log.at(yesterday), 'before')
    writeFileSync(log.at(`${yesterday}.1.gz`), 'x')
    utimesSync(log.at(`${yesterday}.1.gz`), 1, 1)
    const parts = (await listParts(log.today)).map((path) => basename(path))
    expect(parts).toEqual([
      `${yesterday}.1.gz`,
      yesterday,
      'moltbot-2026-01-30.1.log',
      'moltbot-2026-01-30.2.log',
      'moltbot-2026-01-30.10.log',
      today,
    ])
  })

  it('follows a rename, waits while the new file is empty, and then gives a last line without its feed', async () => {
    const log = logFolder()
    append(log.today, 'a')
    const next = await atEnd(log.today)
    renameSync(log.today, `${log.today}.1`)
    writeFileSync(log.today, '')
    appendFileSync(`${log.today}.1`, 'written late')
    expect(await readLog(log.today, { cursor: next, maxLines: 10 })).toMatchObject({ lines: [], more: false })
    append(log.today, 'b')
    const all = await readAll((cursor) => readLog(log.today, { cursor, maxLines: 10 }), next)
    expect(all.lines).toEqual(['written late', 'b'])
  })

  it('begins anew where the file was copied and emptied', async () => {
    const log = logFolder()
    append(log.today, 'a', 'b')
    const next = await atEnd(log.today)
    copyFileSync(log.today, `${log.today}.1`)
    truncateSync(log.today)
    append(log.today, 'c')
    const chunk = await readLog(log.today, { cursor: next, maxLines: 10 })
    expect(texts(chunk)).toEqual(['c'])
    expect(chunk.restarted).toBe(true)
  })

  it('begins anew where the file was removed', async () => {
    const log = logFolder()
    append(log.today, 'a', 'b')
    const next = await atEnd(log.today)
    // Not removed at once: a file system may give the number to the next file.
    renameSync(log.today, log.at('gone'))
    const gone = await readLog(log.today, { cursor: next, maxLines: 10 })
    expect(gone).toMatchObject({ restarted: true, inode: 0, lines: [] })
    append(log.today, 'c')
    const chunk = await readLog(log.today, { cursor: gone.next, maxLines: 10 })
    expect(texts(chunk)).toEqual(['c'])
    expect(await readLog(log.today, { cursor: next, maxLines: 10 })).toMatchObject({ restarted: true })
  })

  it('jumps to the last lines where it is more than 16 MB behind, and says over how much', async () => {
    const log = logFolder()
    append(log.today, 'a')
    const next = await atEnd(log.today)
    const filler = recordLine('x'.repeat(1_000))
    appendFileSync(log.today, filler.repeat(Math.ceil((17 * 1024 * 1024) / filler.length)))
    append(log.today, 'y', 'z')
    const chunk = await readLog(log.today, { cursor: next, maxLines: 2 })
    expect(texts(chunk)).toEqual(['y', 'z'])
    expect(chunk.skippedBytes).toBe(chunk.first.offset - next.offset)
    expect(chunk.skippedBytes).toBeGreaterThan(17 * 1024 * 1024)
  })
})

describe('the folder of a configured file', () => {
  it('has its rotated files too, and no other', async () => {
    const log = logFolder()
    const path = log.at('my.log')
    append(path, 'a')
    const next = await atEnd(path)
    append(path, 'b')
    renameSync(path, `${path}.1`)
    append(path, 'c')
    append(log.at(today), 'not this one')
    append(log.at('my.logbook'), 'nor this')
    const all = await readAll((cursor) => readLog(path, { cursor, maxLines: 10 }), next)
    expect(all.lines).toEqual(['b', 'c'])
    const inode = statSync(log.at('my.logbook')).ino
    const foreign = await readLog(path, { cursor: { inode, offset: 0 }, maxLines: 10 })
    expect(texts(foreign)).toEqual(['c'])
    expect(foreign.restarted).toBe(true)
  })
})
