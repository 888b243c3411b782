import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainStyle, styledText, visibleText } from '../../../../../renderer/features/logs/ansi.ts'

const text = (raw: string) =>
  styledText(raw)
    .map((piece) => piece.text)
    .join('')
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001b[',
        '\u001b]8;;http://x\u001b\\',
        '31',
        ';',
        'm',
        '\u009b',
        '\r',
        '\b',
        '\u202e',
        '\u200d',
      ),
      fc.integer({ min: 0, max: 120 }).map((code) => `\u001b[${code}m`),
    ),
  )
  .map((parts) => parts.join(''))
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const raw = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

describe('a log line with escape sequences', () => {
  it('has its colours and emphasis as style, and nothing of the sequences in its text', () => {
    const pieces = styledText('\u001b[31mred\u001b[0m \u001b[1;94mbold blue\u001b[22m blue\u001b[39m plain')
    expect(pieces.map(({ text, style }) => [text, style.colour, style.bold])).toEqual([
      ['red', 'red', false],
      [' ', null, false],
      ['bold blue', 'blue', true],
      [' blue', 'blue', false],
      [' plain', null, false],
    ])
  })

  it('passes over palettes without taking their numbers for styles', () => {
    expect(styledText('\u001b[38;5;4mx\u001b[48;2;1;3;4my\u001b[4:3mz').map(({ style }) => style)).toEqual([
      plainStyle,
      plainStyle,
      { ...plainStyle, underline: true },
    ])
  })

  it('can hide nothing: concealed, inverted and black on black are read like the rest', () => {
    expect(styledText('\u001b[8;7;30;40msecret')).toEqual([{ text: 'secret', style: plainStyle }])
  })

  it.each([
    ['\u001b[2J\u001b[H', '⟨ESC⟩[2J⟨ESC⟩[H'],
    ['\u001b]8;;http://x\u0007y', '⟨ESC⟩]8;;http://x⟨BEL⟩y'],
    ['ok\rno\b', 'ok⟨CR⟩no⟨BS⟩'],
    ['\u202egpj.exe', '⟨U+202E⟩gpj.exe'],
    ['\u009b31mx', '⟨U+009B⟩31mx'],
    ['a\n\tb', 'a↵⇥b'],
    ['👩‍👩‍👧 a\u200db', '👩‍👩‍👧 a⟨U+200D⟩b'],
  ])('shows every other one: %j', (line, shown) => {
    expect(text(line)).toBe(shown)
  })

  it('keeps breaks where they can be shown', () => {
    expect(visibleText('a\n\tb\u0007', true)).toBe('a\n\tb⟨BEL⟩')
  })

  it('never loses text, and never lets a control character through', () => {
    fc.assert(
      fc.property(hostile, (line) => {
        expect(text(line)).toBe(visibleText(line))
        expect(text(line)).not.toMatch(raw)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken out
        const kept = line.replace(/\u001b\[[0-9;:]*m/g, '')
        // Each of its characters is there, in order: itself, or as what stands for it.
        const shown = text(line)
        let at = 0
        for (const character of kept.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')) {
          at = shown.indexOf(character, at)
          expect(at).toBeGreaterThanOrEqual(0)
          at += character.length
        }
      }),
    )
  })
})
