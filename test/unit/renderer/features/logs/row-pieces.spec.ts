import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleText } from '../../../../../renderer/features/logs/ansi.ts'
import { queryPattern } from '../../../../../renderer/features/logs/log-filter.ts'
import { rowPieces, wholePieces } from '../../../../../renderer/features/logs/row-pieces.ts'

const read = (pieces: ReturnType<typeof rowPieces>) =>
  pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')

describe('what a row shows of a line', () => {
  it.each([
    ['Cannot send', 'SEND', 'Cannot [send]'],
    ['\u001b[31mer\u001b[0mror error', 'error', '[er][ror] [error]'],
    ['a.c abc', 'a.c', '[a.c] abc'],
    ['İstanbul straße', 'straSSE', 'İstanbul straße'],
    ['', 'x', ''],
  ])('%j with %j searched', (line, query, shown) => {
    expect(read(rowPieces(line, queryPattern(query)))).toBe(shown)
  })

  it('is cut, and begins near a match that would be out of sight', () => {
    const line = `${'a'.repeat(1_000)}needle${'b'.repeat(15_000)}`
    expect(read(rowPieces(line, null))).toBe(`${'a'.repeat(600)}…`)
    const row = read(rowPieces(line, queryPattern('needle')))
    expect(row.startsWith(`…${'a'.repeat(40)}[needle]bbb`)).toBe(true)
    expect(row.length).toBeLessThan(700)
  })

  it('is the whole line in the detail, whatever is searched', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 3 }), (line, query) => {
        const pieces = wholePieces(line, queryPattern(query))
        expect(pieces.map(({ text }) => text).join('')).toBe(visibleText(line, true))
      }),
    )
  })
})
