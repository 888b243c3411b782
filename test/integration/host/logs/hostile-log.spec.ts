import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEarlier, readLog } from '../../../../host/logs/read-log.ts'
import { logChunkSchema } from '../../../../shared/log.ts'
import { append, logFolders, readAll, texts } from './log-folder.ts'

const logFolder = logFolders()
const secret = 'no client may read this'
const MiB = 1024 * 1024

describe('a file that is not the log', () => {
  it('is not read through a planted link, dead or alive, nor by another name', async () => {
    const log = logFolder()
    const victim = join(log.base, 'victim')
    writeFileSync(victim, `${secret}\n`)
    for (const plant of [
      () => symlinkSync(victim, log.today),
      () => symlinkSync(join(log.base, 'nothing'), log.today),
      () => linkSync(victim, log.today),
    ]) {
      plant()
      const chunk = await readLog(log.today, { cursor: null, maxLines: 10 })
      expect(chunk).toMatchObject({ lines: [], trouble: expect.stringMatching(/link|another name/) })
      expect(chunk.path).toBe(log.today)
      rmSync(log.today)
    }
  })

  it('is not waited for: a FIFO, a folder', async () => {
    const log = logFolder()
    execFileSync('mkfifo', [log.today])
    const fifo = await readLog(log.today, { cursor: null, maxLines: 10 })
    expect(fifo).toMatchObject({ lines: [], trouble: 'it is not a regular file' })
    rmSync(log.today)
    mkdirSync(log.today)
    expect((await readLog(log.today, { cursor: null, maxLines: 10 })).trouble).toBe(
      'it is not a regular file',
    )
  })

  it('cannot be named by a cursor: other names, links, other folders', async () => {
    const log = logFolder()
    append(log.today, 'ours')
    const others = [
      log.at('secret.txt'),
      log.at('moltbot-2026-01-30.logs'),
      join(log.base, 'moltbot-2026-01-28.log'),
    ]
    for (const path of others) writeFileSync(path, `${secret}\n`)
    symlinkSync(others[2] ?? '', log.at('moltbot-2026-01-28.log'))
    linkSync(others[0] ?? '', log.at('moltbot-2026-01-27.log'))
    const inodes = [...others, log.folder, '/etc/passwd', '/proc/self/environ'].map(
      (path) => statSync(path).ino,
    )
    for (const inode of inodes) {
      const cursor = { inode, offset: 0 }
      const chunk = await readLog(log.today, { cursor, maxLines: 10 })
      expect(texts(chunk)).toEqual(['ours'])
      expect(chunk.restarted).toBe(true)
      const earlier = await readEarlier(log.today, { before: { inode, offset: 20 }, maxLines: 10 })
      expect(earlier).toMatchObject({ lines: [], restarted: true })
    }
  })

  it('is not looked for in a folder that is a link', async () => {
    const log = logFolder()
    renameSync(log.folder, join(log.base, 'elsewhere'))
    symlinkSync(join(log.base, 'elsewhere'), log.folder)
    append(log.today, secret)
    expect(await readLog(log.today, { cursor: null, maxLines: 10 })).toMatchObject({
      lines: [],
      trouble: 'it is a link',
    })
  })
})

describe('a line without end', () => {
  it('of 10 MB is given cut, once, with the true length, from both directions', async () => {
    const log = logFolder()
    append(log.today, 'before')
    const { next } = await readLog(log.today, { cursor: null, maxLines: 10 })
    appendFileSync(log.today, `${'é'.repeat(5 * MiB)}\n`)
    append(log.today, 'after')
    const chunk = await readLog(log.today, { cursor: next, maxLines: 10 })
    const [long] = chunk.lines
    expect(long).toMatchObject({ offset: next.offset, bytes: 10 * MiB, cutBytes: 10 * MiB - 16 * 1024 })
    expect(long?.text).toBe('é'.repeat(8 * 1024))
    const rest = await readAll((cursor) => readLog(log.today, { cursor, maxLines: 10 }), chunk.next)
    expect([...texts(chunk).slice(1), ...rest.lines]).toEqual(['after'])
    const last = await readLog(log.today, { cursor: null, maxLines: 1 })
    expect(texts(last)).toEqual(['after'])
    const earlier = await readEarlier(log.today, { before: last.first, maxLines: 1 })
    expect(earlier.lines).toMatchObject([{ bytes: 10 * MiB, offset: next.offset }])
    expect(earlier.more).toBe(true)
  })

  it('that still grows is given cut when it passes 64 KiB; what follows of it is passed over', async () => {
    const log = logFolder()
    append(log.today, 'before')
    const { next } = await readLog(log.today, { cursor: null, maxLines: 10 })
    appendFileSync(log.today, 'x'.repeat(64 * 1024))
    expect(await readLog(log.today, { cursor: next, maxLines: 10 })).toMatchObject({ lines: [], next })
    appendFileSync(log.today, 'x')
    const cut = await readLog(log.today, { cursor: next, maxLines: 10 })
    expect(cut.lines).toMatchObject([{ bytes: 64 * 1024 + 1, cutBytes: 48 * 1024 + 1 }])
    for (let round = 0; round < 3; round += 1) {
      appendFileSync(log.today, 'x'.repeat(100_000))
      const more = await readLog(log.today, { cursor: cut.next, maxLines: 10 })
      expect(more).toMatchObject({ lines: [], more: false, next: { offset: statSync(log.today).size } })
    }
    appendFileSync(log.today, '\n')
    append(log.today, 'after')
    expect(texts(await readLog(log.today, { cursor: cut.next, maxLines: 10 }))).toEqual(['after'])
  })

  it('of 200 MB costs a bounded look, whoever asks from where, and reading comes to its end', async () => {
    const log = logFolder()
    writeFileSync(log.today, '')
    truncateSync(log.today, 200 * MiB) // NUL bytes, on no disk
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }, 1)
    const startedAt = performance.now()
    const tail = await readLog(log.today, { cursor: null, maxLines: 5_000 })
    expect(tail.lines).toMatchObject([{ offset: 184 * MiB, bytes: 16 * MiB, cutBytes: 16 * MiB - 16 * 1024 }])
    const earlier = await readEarlier(log.today, { before: tail.first, maxLines: 5_000 })
    expect(earlier.lines).toMatchObject([{ offset: 168 * MiB }])
    const { inode } = tail
    const all = await readAll((cursor) => readLog(log.today, { cursor, maxLines: 10 }), { inode, offset: 1 })
    expect(all.next.offset).toBe(200 * MiB)
    expect(all.lines.length).toBeLessThanOrEqual(1)
    clearInterval(look)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(most).toBeLessThan(64 * MiB)
  })
})

describe('hostile lines', () => {
  const deep = `{"_meta":{},"0":{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`
  it.each([
    ['deep nesting', deep, deep],
    ['__proto__', '{"__proto__":{"polluted":1},"_meta":{"logLevelName":"__proto__"},"0":"x"}', 'x'],
    ['a level that every object has', '{"_meta":{"logLevelName":"constructor"},"0":"x"}', 'x'],
    ['duplicate keys', '{"0":"a","0":"b","_meta":{}}', 'b'],
    [
      'huge numbers',
      '{"0":1e999,"1":{"n":123456789012345678901234567890},"_meta":{},"time":1e308}',
      'null n=1.2345678901234568e+29',
    ],
    ['no _meta', '{"level":30,"msg":"pino"}', '{"level":30,"msg":"pino"}'],
    ['_meta of another kind', '{"0":"x","_meta":[1]}', '{"0":"x","_meta":[1]}'],
    ['a name that is none', '{"0":"x","_meta":{"name":{"subsystem":1}}}', 'x'],
    ['a date that is none', '{"0":"x","_meta":{"date":"then"},"time":"now"}', 'x'],
    ['half a record', '{"0":"x","_meta":{"na', '{"0":"x","_meta":{"na'],
    ['nothing', '', ''],
  ])('%s', async (_, raw, text) => {
    const log = logFolder()
    writeFileSync(log.today, `${raw}\n`)
    const chunk = await readLog(log.today, { cursor: null, maxLines: 10 })
    expect(chunk.lines).toMatchObject([{ text, level: null, time: null, bytes: raw.length }])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('any bytes whatever give lines that fit the contract, and reading on and back agree', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '{',
        '{"0":"m","_meta":{"name":"n","logLevelName":"WARN"}}\n',
        '\u202e\u001b[2J',
      ),
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (pieces, maxLines) => {
          const log = logFolder()
          for (const part of pieces) appendFileSync(log.today, part)
          append(log.today, 'end')
          const tail = await readLog(log.today, { cursor: null, maxLines })
          expect(logChunkSchema.safeParse(tail).success).toBe(true)
          const back = [...tail.lines]
          let before = tail.first
          for (let more = before.offset > 0; more; ) {
            const chunk = await readEarlier(log.today, { before, maxLines })
            back.unshift(...chunk.lines)
            ;({ more, first: before } = chunk)
          }
          const on = await readAll((cursor) => readLog(log.today, { cursor, maxLines }), {
            inode: tail.inode,
            offset: 0,
          })
          expect(back.map(({ text }) => text)).toEqual(on.lines)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of nothing but bytes that a wire writes as six do not make an answer that is too long', async () => {
    const log = logFolder()
    writeFileSync(log.today, `${'\u0001'.repeat(60_000)}\n`.repeat(200))
    const tail = await readLog(log.today, { cursor: null, maxLines: 5_000 })
    expect(JSON.stringify(tail).length).toBeLessThan(7 * MiB)
    expect(tail.next.offset).toBe(statSync(log.today).size)
    const start = { inode: tail.inode, offset: 0 }
    const on = await readLog(log.today, { cursor: start, maxLines: 5_000 })
    expect(JSON.stringify(on).length).toBeLessThan(7 * MiB)
    const all = await readAll((cursor) => readLog(log.today, { cursor, maxLines: 5_000 }), start)
    expect(all.lines).toHaveLength(200)
  })
})
