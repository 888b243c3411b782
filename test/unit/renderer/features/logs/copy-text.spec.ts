import { describe, expect, it } from 'vitest'
import { copiedLine, copiedLines } from '../../../../../renderer/features/logs/copy-text.ts'
import { LogBook } from '../../../../../renderer/features/logs/log-book.ts'
import type { LogLine } from '../../../../../shared/log.ts'

const line: LogLine = {
  offset: 0,
  bytes: 1,
  time: Date.UTC(2026, 0, 30, 8, 14, 2, 118),
  level: 'error',
  subsystem: 'gateway',
  text: 'cannot listen',
  cutBytes: 0,
}

describe('a copied line', () => {
  it('has time, level, part and text', () => {
    expect(copiedLine(line)).toBe('2026-01-30T08:14:02.118Z ERROR [gateway] cannot listen')
  })

  it('has only its text where it is no record', () => {
    expect(copiedLine({ ...line, time: null, level: null, subsystem: null, text: '    at x' })).toBe(
      '    at x',
    )
  })

  it('does nothing to a terminal it is pasted into', () => {
    const text = '\u001b[31mred\u001b[0m\rrm -rf /\n\u001b]0;x\u0007'
    expect(copiedLine({ ...line, subsystem: 'a\u001b[2Jb', text })).toBe(
      '2026-01-30T08:14:02.118Z ERROR [a⟨ESC⟩[2Jb] red⟨CR⟩rm -rf /↵⟨ESC⟩]0;x⟨BEL⟩',
    )
  })

  it('is one of several, without the marks between them', () => {
    const book = new LogBook()
    const chunk = { path: '/log', inode: 1, first: { inode: 1, offset: 0 }, next: { inode: 1, offset: 2 } }
    const rest = { more: false, restarted: false, trouble: null }
    book.append({ ...chunk, ...rest, lines: [line], skippedBytes: 0 })
    book.append({ ...chunk, ...rest, lines: [line], skippedBytes: 9 })
    expect(copiedLines(book, book.shown).split('\n')).toEqual([copiedLine(line), copiedLine(line)])
  })
})
