import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LogBook } from '../../../../../renderer/features/logs/log-book.ts'
import { isLine } from '../../../../../renderer/features/logs/log-entry.ts'
import { everything, type LogFilter } from '../../../../../renderer/features/logs/log-filter.ts'
import type { LogChunk, WrittenLevel } from '../../../../../shared/log.ts'

const levels: readonly (WrittenLevel | null)[] = ['error', 'info', null]

/** Lines named by their place in the file: `line 7` begins at byte 70. */
function chunk(from: number, count: number, change: Partial<LogChunk> = {}): LogChunk {
  const lines = Array.from({ length: count }, (_none, index) => ({
    offset: (from + index) * 10,
    bytes: 9,
    time: null,
    level: levels[(from + index) % 3] ?? null,
    subsystem: null,
    text: `line ${from + index}`,
    cutBytes: 0,
  }))
  return {
    path: '/log',
    inode: 1,
    lines,
    first: { inode: 1, offset: from * 10 },
    next: { inode: 1, offset: (from + count) * 10 },
    more: false,
    skippedBytes: 0,
    restarted: false,
    trouble: null,
    ...change,
  }
}

const textsOf = (book: LogBook, numbers: readonly number[]) =>
  numbers.map((number) => {
    const entry = book.entry(number)
    return entry ? (isLine(entry) ? entry.text : entry.mark) : null
  })
const shown = (book: LogBook) => textsOf(book, book.shown)
const apply = (book: LogBook, filter: Partial<LogFilter>) => {
  book.refilter({ ...everything, ...filter })
  while (!book.work(() => true));
}
const small = { entries: 100, characters: 1_000_000 }

describe('the lines a page holds', () => {
  it('stay within the limit: the oldest leave, in blocks', () => {
    const book = new LogBook(small)
    for (let from = 0; from < 1_000; from += 7) {
      book.append(chunk(from, 7))
      expect(book.end - book.first).toBeLessThanOrEqual(100)
      expect(book.hasRoom).toBe(true)
    }
    expect(shown(book).at(-1)).toBe('line 1000')
    expect(shown(book).length).toBeGreaterThanOrEqual(90)
    expect(book.firstCursor).toEqual({ inode: 1, offset: Number(shown(book)[0]?.slice(5)) * 10 })
  })

  it('stay within the limit of text, too', () => {
    const book = new LogBook({ entries: 100, characters: 100_000 })
    for (let index = 0; index < 50; index++) {
      const [line] = chunk(index, 1).lines
      if (line) book.append(chunk(index, 0, { lines: [{ ...line, text: 'x'.repeat(16_384) }] }))
    }
    expect(book.end - book.first).toBeLessThan(7)
    expect(book.end - book.first).toBeGreaterThan(3)
  })

  it('do not leave from under the reader; then there is no room for more', () => {
    const book = new LogBook(small)
    book.append(chunk(0, 60))
    book.hold(20)
    book.append(chunk(60, 40))
    expect(book.first).toBeGreaterThanOrEqual(10)
    expect(book.first).toBeLessThanOrEqual(20)
    book.append(chunk(100, 10))
    book.hold(book.first)
    while (book.hasRoom) book.append(chunk(book.end, 1))
    expect(book.hasRoom).toBe(false)
    const { first } = book
    book.hold(first + 50)
    expect(book.hasRoom).toBe(true)
    expect(book.first).toBeLessThanOrEqual(first + 50)
  })

  it('make place for earlier ones at the newer end, and say so', () => {
    const book = new LogBook(small)
    book.append(chunk(500, 80))
    expect(book.prepend(chunk(480, 20))).toBe(false)
    expect(book.prepend(chunk(450, 30))).toBe(true)
    expect(shown(book)[0]).toBe('line 450')
    expect(shown(book)).toHaveLength(100)
    expect(book.endCursor).toEqual({ inode: 1, offset: 5_500 })
    expect(book.firstCursor).toEqual({ inode: 1, offset: 4_500 })
  })

  it('keep their numbers while others come and go', () => {
    const book = new LogBook(small)
    book.append(chunk(100, 50))
    const number = book.first + 10
    book.prepend(chunk(80, 20))
    book.append(chunk(150, 10))
    expect(textsOf(book, [number])).toEqual(['line 110'])
  })

  it('say where lines are missing and where another file begins', () => {
    const book = new LogBook(small)
    book.append(chunk(0, 1))
    book.append(chunk(5, 1, { skippedBytes: 40 }))
    book.append(chunk(0, 1, { inode: 2, path: '/next' }))
    book.append(chunk(0, 1, { inode: 3, restarted: true }))
    expect(shown(book)).toEqual(['line 0', 'skipped', 'line 5', 'otherFile', 'line 0', 'restarted', 'line 0'])
    expect(book.fileOf(book.first)).toMatchObject({ inode: 1, path: '/log' })
    expect(book.fileOf(book.first + 4)).toMatchObject({ inode: 2, path: '/next' })
    expect(book.endCursor?.inode).toBe(3)
    apply(book, { hiddenLevels: new Set(['error', 'info', 'other']) })
    expect(shown(book)).toEqual(['skipped', 'otherFile', 'restarted'])
  })

  it('are cleared from the view, not forgotten', () => {
    const book = new LogBook(small)
    book.append(chunk(0, 10))
    book.clear()
    book.work(() => false)
    book.append(chunk(10, 2))
    expect(shown(book)).toEqual(['line 10', 'line 11'])
    expect([book.cleared, book.counts.error ?? 0, book.counts.info]).toEqual([10, 0, 1])
    book.showAgain()
    book.work(() => false)
    expect(shown(book)).toHaveLength(12)
    expect(book.isCleared).toBe(false)
  })

  it('are searched by what is shown of them, in either case', () => {
    const book = new LogBook(small)
    const [line] = chunk(0, 1).lines
    if (line) {
      const texts = ['\u001b[1mFa\u001b[0miled (a.c)', 'abc failed', 'nothing', 'FAILED (A.C)']
      book.append(chunk(0, 0, { lines: texts.map((text) => ({ ...line, text })) }))
    }
    apply(book, { query: 'failed (a.c)', onlyMatching: true })
    expect(book.shown).toEqual([book.first, book.first + 3])
  })

  it('are the same whether a filter meets them before, while or after they come', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('append' as const), count: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ act: fc.constant('prepend' as const), count: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ act: fc.constant('hold' as const), count: fc.integer({ min: 0, max: 100 }) }),
      fc.record({ act: fc.constant('filter' as const), count: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ act: fc.constant('work' as const), count: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ act: fc.constant('clear' as const), count: fc.constant(0) }),
    )
    const filters: Partial<LogFilter>[] = [
      {},
      { hiddenLevels: new Set(['info']) },
      { query: '7', onlyMatching: true },
      { query: '1', hiddenLevels: new Set(['other']) },
    ]
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const book = new LogBook(small)
        let from = 100_000
        let to = from
        for (const { act, count } of steps) {
          if (act === 'append' && book.hasRoom) {
            const at = book.endCursor ? book.endCursor.offset / 10 : to
            book.append(chunk(at, count))
            to = at + count
          }
          if (act === 'prepend' && !book.isCleared && book.firstCursor) {
            from = book.firstCursor.offset / 10
            book.prepend(chunk(from - count, count))
          }
          if (act === 'hold') book.hold(count === 0 ? null : book.first + count)
          if (act === 'filter') book.refilter({ ...everything, ...filters[count] })
          if (act === 'work') book.work(() => true)
          if (act === 'clear') book.clear()
          expect(book.end - book.first).toBeLessThanOrEqual(140)
        }
        book.work(() => false)
        const fresh = new LogBook({ entries: 1_000, characters: 1_000_000 })
        const hasCleared = book.isCleared
        const visible = Array.from({ length: book.end - book.first }, (_none, index) => book.first + index)
        const first = hasCleared ? book.first + book.cleared : book.first
        for (const number of visible.filter((number) => number >= first)) {
          const entry = book.entry(number)
          if (entry && isLine(entry)) fresh.append(chunk(0, 0, { lines: [entry] }))
        }
        fresh.refilter(book.filter)
        fresh.work(() => false)
        expect(shown(book)).toEqual(shown(fresh))
        expect(textsOf(book, book.matching)).toEqual(textsOf(fresh, fresh.matching))
        const counted = Object.entries(book.counts).filter(([, count]) => count !== 0)
        expect(Object.fromEntries(counted)).toEqual(fresh.counts)
      }),
    )
  })
})
