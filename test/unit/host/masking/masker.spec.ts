import { randomBytes } from 'node:crypto'
import { array, assert, property, string, tuple, uint8Array, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMasker } from '../../../../host/masking/masker.ts'
import { ProblemError, problem } from '../../../../shared/problem.ts'

const secret = 'canary/0815+of the "masker"\nwith a second line'

/** Whatever may stand before and after. */
const around = string({ unit: 'binary', maxLength: 40 })
/** Long enough to be masked, and without stars, which a mask beside it would look like. */
const secretText = string({ unit: 'grapheme', minLength: 8, maxLength: 60 }).filter(
  (text) => Buffer.byteLength(text) >= 8 && !text.includes('*') && text.isWellFormed(),
)

describe('the masker', () => {
  it('masks a secret in every spelling', () => {
    const { text } = createMasker(() => [secret])
    const bytes = Buffer.from(secret)
    const spelled = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      JSON.stringify(JSON.stringify(secret)).slice(2, -2),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      'with a second line',
    ]
    for (const spelling of spelled) {
      expect(text(`before ${spelling} after`), spelling).toMatch(/^before ["\\]*\*\*\*.*after$/s)
      expect(text(`before ${spelling} after`), spelling).not.toMatch(/canary|second line/)
    }
  })

  it('leaves nothing of the secret in the base64 of a longer text, wherever it lies in it', () => {
    assert(
      property(
        secretText,
        uint8Array({ maxLength: 20 }),
        uint8Array({ maxLength: 20 }),
        (hidden, before, after) => {
          const { text } = createMasker(() => [hidden])
          const bytes = Buffer.from(hidden)
          for (const form of ['base64', 'base64url'] as const) {
            const whole = Buffer.concat([before, bytes, after]).toString(form)
            const masked = text(whole)
            // What is left on either side reaches at most two bits into the secret, or six after it.
            const [left = '', right = ''] = masked.split('***')
            expect(masked).toContain('***')
            expect(left.length).toBeLessThanOrEqual(Math.ceil((before.length * 8) / 6) + 1)
            expect(right.length).toBeLessThanOrEqual(Math.ceil((after.length * 8) / 6) + 3)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('leaves no secret in any text, however many there are and however they overlap', () => {
    assert(
      property(
        uniqueArray(secretText, { minLength: 1, maxLength: 8 }),
        array(tuple(around, string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 6 }),
        (secrets, pieces) => {
          const { text } = createMasker(() => secrets)
          const overlapping = secrets.map((one, at) => one + (secrets[at + 1] ?? '').slice(3)).join('')
          const whole = pieces.map(([piece, gap], at) => piece + secrets[at % secrets.length] + gap).join('')
          for (const written of [whole, overlapping]) {
            const masked = text(written)
            for (const one of secrets) expect(masked).not.toContain(one)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('changes nothing else', () => {
    assert(
      property(secretText, around, around, (hidden, before, after) => {
        const { text } = createMasker(() => [hidden])
        if (!text(before).includes('***')) expect(text(before)).toBe(before)
        if ((before + hidden + after).split(hidden).length === 2 && !/\s/.test(hidden)) {
          expect(text(`${before} ${hidden} ${after}`)).toMatch(/\*\*\*/)
        }
      }),
      { numRuns: 100 },
    )
    const { text } = createMasker(() => ['abcdefgh-token'])
    expect(text('say abcdefgh-token twice: abcdefgh-tokenabcdefgh-token.')).toBe('say *** twice: ***.')
    expect(text('abcdefgh-toke')).toBe('abcdefgh-toke')
  })

  it('masks texts and names anywhere in a value, and gives back the same value where there are none', () => {
    const { deep } = createMasker(() => [secret])
    const clean = { a: [1, null, true, 'text'], b: { c: 'canary' } }
    expect(deep(clean)).toBe(clean)
    const masked = deep({ lines: ['x', `y ${secret}`], [`name ${secret}`]: { at: 1, none: null } })
    expect(masked).toEqual({ lines: ['x', 'y ***'], 'name ***': { at: 1, none: null } })
    // A log line that is JSON itself is written twice on its way.
    expect(deep({ line: JSON.stringify({ key: secret }) })).toEqual({ line: '{"key":"***"}' })
    expect(deep(undefined)).toBeUndefined()
    expect(deep(secret)).toBe('***')
  })

  it('masks what is thrown, and leaves the rest as it was thrown', () => {
    const { error } = createMasker(() => [secret])
    const found = new ProblemError(problem('CONFIG_REFUSED', { path: '/x', detail: `near ${secret}` }))
    const masked = error(found)
    expect(masked).toBeInstanceOf(ProblemError)
    expect(masked).toMatchObject({
      problem: { code: 'CONFIG_REFUSED', params: { path: '/x', detail: 'near ***' } },
    })
    const plain = error(new Error(`near ${secret}`))
    expect(plain).toMatchObject({ message: 'near ***' })
    expect(String(plain instanceof Error && plain.stack)).not.toContain('canary')
    const harmless = new Error('nothing in it')
    expect(error(harmless)).toBe(harmless)
  })

  it('knows a value from the moment on that it is known', () => {
    let known: string[] = []
    const { text } = createMasker(() => known)
    expect(text('later-a-secret')).toBe('later-a-secret')
    known = ['later-a-secret']
    expect(text('later-a-secret')).toBe('***')
  })

  it('looks through 1 MB of clean lines for ten secrets in less than twice the time that writing them takes', () => {
    const secrets = Array.from({ length: 10 }, () => randomBytes(32).toString('base64url'))
    const { deep } = createMasker(() => secrets)
    const lines = Array.from({ length: 5000 }, (_, seq) => ({
      seq,
      level: 'info',
      text: `request ${randomBytes(40).toString('hex')} finished with 200 and the usual words around it, 中文 too`,
    }))
    const best = (work: () => unknown) => {
      const times = Array.from({ length: 7 }, () => {
        const start = performance.now()
        work()
        return performance.now() - start
      })
      return Math.min(...times)
    }
    const written = best(() => JSON.stringify(lines))
    expect(best(() => expect(deep(lines)).toBe(lines))).toBeLessThan(written * 2 + 2)
  })
})
