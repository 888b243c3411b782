import { stripVTControlCharacters } from 'node:util'
import { array, assert, constantFrom, integer, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStreamMaskers } from '../../../../host/masking/mask-stream.ts'

const esc = '\u001b'
const secret = 'canary-0123456789'

/** What comes out for these pieces, one by one, and what of it comes only at the end. */
function through(secrets: readonly string[], pieces: readonly string[]) {
  const masker = createStreamMaskers(() => secrets)()
  const shown = pieces.map((piece) => masker.take(piece))
  return { shown, text: shown.join('') + masker.end() }
}

/** What a person would see: nothing that a terminal obeys, and no return within a line. */
const visible = (text: string) => stripVTControlCharacters(text).replaceAll(/ ?\r(?!\n)/g, '')

const sequences = [
  `${esc}[31m`,
  `${esc}[K`,
  `${esc}]0;title\u0007`,
  `${esc}]8;;https://a.b\u001b\\`,
  `${esc}(B`,
]

describe('masking a stream', () => {
  it('finds a secret wherever it is cut, and whatever invisible stands in it', () => {
    const cuts = array(integer({ min: 0, max: 200 }), { maxLength: 12 })
    const around = string({ maxLength: 12 })
    assert(
      property(
        around,
        around,
        cuts,
        array(tuple(integer({ min: 0, max: 60 }), constantFrom(...sequences)), { maxLength: 4 }),
        (before, after, at, inserted) => {
          const whole = inserted.reduce(
            (text, [place, sequence]) => insert(text, place, sequence),
            `${before}${secret}${after}`,
          )
          const { text } = through([secret], cut(whole, at))
          const seen = visible(text)
          expect(seen).not.toContain(secret)
          // Its beginning may have been shown while nobody could know what would follow.
          expect(seen).not.toContain(secret.slice(3))
          expect(seen).toContain('***')
        },
      ),
      { numRuns: 400 },
    )
  })

  it('changes nothing else, and holds nothing for good', () => {
    const unit = constantFrom(
      'c',
      'ca',
      'can',
      'canary-',
      '0',
      ' ',
      '\r\n',
      '\r',
      '字',
      '😀',
      ...sequences,
      esc,
      `${esc}[`,
    )
    assert(
      property(array(unit, { maxLength: 40 }), (pieces) => {
        const whole = pieces.join('')
        if (visible(whole).includes(secret)) return
        expect(through([secret], pieces).text).toBe(whole)
      }),
      { numRuns: 400 },
    )
  })

  it('shows typing as it comes, but for what can only be the middle of a secret', () => {
    expect(through([secret], [...'can I'].map(String)).shown).toEqual(['c', 'a', 'n', ' ', 'I'])
    expect(through([secret], ['can', 'a', 'r', 'y!']).shown).toEqual(['can', '', '', 'ary!'])
  })

  it('keeps what a terminal obeys within a secret, in its place', () => {
    const coloured = `key=${esc}[31mcanary-0${esc}[0m123456789 ok`
    expect(through([secret], [coloured]).text).toBe(`key=${esc}[31m***${esc}[0m ok`)
  })

  it('finds every spelling, also within what is not shown', () => {
    const base64 = Buffer.from(secret).toString('base64')
    for (const spelling of [
      base64,
      Buffer.from(secret).toString('hex'),
      encodeURIComponent(`${secret}/`).slice(0, -3),
    ]) {
      const { text } = through([secret], [`${esc}]52;c;`, spelling.slice(0, 9), `${spelling.slice(9)}\u0007`])
      expect(text).not.toContain(spelling)
    }
  })

  it('takes the longer of two secrets that begin alike', () => {
    const longer = `${secret}-and-more`
    expect(through([secret, longer], [secret, '-and-more', ' x']).text).toMatch(/^(can)?\*\*\* x$/)
    expect(through([secret, longer], [secret, ' x']).text).toMatch(/^(can)?\*\*\* x$/)
  })

  it('masks at the end what could have become a longer secret', () => {
    const secrets = [secret, `${secret}-and-more`]
    const coloured = `key=canary-0${esc}[0m123456789`
    expect(through(secrets, [coloured]).text).toBe(`key=***${esc}[0m`)
    expect(through(secrets, [coloured, '-and-mor']).text).toBe(`key=***${esc}[0m-and-mor`)
  })

  it('knows secrets that are set while the stream goes on', () => {
    let known: string[] = []
    const masker = createStreamMaskers(() => known)()
    expect(masker.take(`${secret}\r\n`)).toBe(`${secret}\r\n`)
    known = [secret]
    expect(masker.take(`${secret}\r\n`)).toBe('***\r\n')
  })

  it('waits for no end of a sequence that has none', () => {
    const { shown } = through([secret], [`${esc}]52;c;${'A'.repeat(20_000)}`, 'x'.repeat(100)])
    expect(shown.join('').length).toBeGreaterThan(20_000)
    const { shown: held } = through(
      [secret],
      ['cana', ...Array.from({ length: 400 }, () => `${esc}[31m`.repeat(20))],
    )
    expect(held.join('').length).toBeGreaterThan(10_000)
  })

  it('is not slowed down by many secrets', () => {
    const many = Array.from({ length: 50 }, (_, index) => `${index}-secret-`.repeat(8))
    const masker = createStreamMaskers(() => many)()
    const text = `${esc}[32mline of ordinary output 0-sec${esc}[0m\r\n`.repeat(1_400)
    const begin = performance.now()
    for (let round = 0; round < 10; round += 1) masker.take(text)
    expect((performance.now() - begin) / 10).toBeLessThan(100) // for 64 KiB, on a busy machine
  })
})

function insert(text: string, place: number, sequence: string): string {
  const at = Math.min(place, text.length)
  // Not into another sequence, which would be none any more.
  if (visible(text.slice(0, at)).length + visible(text.slice(at)).length !== visible(text).length) return text
  if (text.slice(0, at).includes(esc)) return text
  return text.slice(0, at) + sequence + text.slice(at)
}

function cut(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => Math.min(place, text.length)).sort((a, b) => a - b), text.length]
  return at.slice(1).map((to, index) => text.slice(at[index], to))
}
