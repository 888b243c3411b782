import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../../gateway/log/redact.ts'

const canary = 'c4naryTok3n-Zm9vYmFyYmF6cXV4LXh5enp5'
const plain = createRedactor({ secrets: [canary], patterns: [], usesPatterns: true })

describe('a known secret', () => {
  const bytes = Buffer.from(canary)
  it.each([
    ['bare', canary],
    ['hex', bytes.toString('hex')],
    ['base64', bytes.toString('base64')],
    ['in a URL', `http://x/?t=${encodeURIComponent(canary)}`],
    ['across the cut of a long message', `${'x'.repeat(16 * 1024 - 10)}${canary}`],
  ])('is masked whole: %s', (_, text) => {
    const shown = plain.text(`before ${text} after`)
    expect(shown).not.toContain(canary.slice(0, 12))
    expect(shown).not.toContain(bytes.toString('hex').slice(0, 24))
    expect(shown).not.toContain(bytes.toString('base64').slice(0, 16))
  })

  it('is no part of what is left where many stand before the cut', () => {
    const shown = plain.text(canary.repeat(2_000))
    for (let at = 0; at + 8 <= canary.length; at += 1) expect(shown).not.toContain(canary.slice(at, at + 8))
    const phrase = 'correct horse battery staples'
    const ofPhrase = createRedactor({ secrets: [phrase], patterns: [], usesPatterns: true })
    expect(ofPhrase.text(phrase.repeat(2_000))).not.toContain('correct')
  })

  it('is masked in members, their names, lists and deeper ones', () => {
    const shown = JSON.stringify(plain.members({ a: [{ b: canary }], [canary]: 1 }))
    expect(shown).not.toContain(canary)
  })

  it('is masked where patterns are off, too', () => {
    const off = createRedactor({ secrets: [canary], patterns: [], usesPatterns: false })
    expect(off.text(`${canary} API_KEY=abc`)).toBe('*** API_KEY=abc')
  })
})

describe('patterns', () => {
  it.each([
    ['OPENAI_API_KEY=supersecretvalue', 'OPENAI_API_KEY=***'],
    ['GITHUB_TOKEN: "abcdef"', 'GITHUB_TOKEN: "***"'],
    ['{"apiKey":"abcdef","n":1}', '{"apiKey":"***","n":1}'],
    ['run --token abcdef --port 1', 'run --token *** --port 1'],
    ['run --api-key=abcdef', 'run --api-key=***'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer ***'],
    ['got Bearer abcdefghijklmnopqrstuvwx', 'got Bearer abcdef…uvwx'],
    ['key sk-abcdefghijklmnop1234', 'key sk-abc…1234'],
    ['ghp_abcdefghijklmnopqrstuvwxyz', 'ghp_ab…wxyz'],
    ['bot 1234567:AAbbccddeeffgghhiijjkk', 'bot 123456…jjkk'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '***'],
    ['nothing to hide at port 18789', 'nothing to hide at port 18789'],
  ])('%s', (text, expected) => {
    expect(plain.text(text)).toBe(expected)
  })

  it('mask a member by its name', () => {
    expect(plain.members({ token: 'abc', port: 1, note: 'fine' })).toEqual({
      token: '***',
      port: 1,
      note: 'fine',
    })
  })

  it.each([
    ['sk-abcdefghijklmnopqrstuvwxyz0123456789', 'abcdefg'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'abcdefg'],
    ['Bearer abcdefghijklmnopqrstuvwxyz0123456789', 'abcdefg'],
  ])('leave no part of a key where a long message is cut: %s', (key, part) => {
    for (let within = 1; within < key.length; within += 1) {
      const shown = plain.text(`${'x '.repeat(8_192).slice(within + 1)} ${key} ${'y'.repeat(20_000)}`)
      expect(shown).not.toContain(part)
      expect(shown.length).toBeGreaterThan(16_000)
    }
  })

  it('mask a member by its name in a list, and a number', () => {
    const members = { password: 123_456, token: ['hunter2'], port: 1 }
    expect(plain.members(members)).toEqual({ password: '***', token: ['***'], port: 1 })
  })

  it('of the owner are added to the built-in ones; a broken one changes nothing', () => {
    const own = createRedactor({
      secrets: [],
      patterns: ['/order-(\\d+)/i', 'ZZ\\d+', '('],
      usesPatterns: true,
    })
    expect(own.text('Order-4711 ZZ12 API_KEY=abc')).toBe('Order-*** *** API_KEY=***')
  })
})
