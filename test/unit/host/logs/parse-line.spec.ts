import { describe, expect, it } from 'vitest'
import { parseLine } from '../../../../host/logs/parse-line.ts'

const meta = (part: object = {}) => ({
  name: 'plain',
  logLevelName: 'INFO',
  date: '2026-01-30T08:00:00Z',
  ...part,
})

describe('a line of tslog', () => {
  it.each([
    ['a text', { 0: 'hello' }, 'hello'],
    [
      'texts and facts',
      { 0: 'hello', 1: { to: 'you', n: 1, deep: { a: [1] } }, 2: 'end' },
      'hello to=you n=1 deep={"a":[1]} end',
    ],
    ['other values', { 0: 1, 1: true, 2: null, 3: ['a'] }, '1 true ["a"]'],
    ['the order of the numbers', { 10: 'c', 2: 'b', 1: 'a' }, 'a b c'],
  ])('gives %s', (_, words, text) => {
    expect(parseLine(JSON.stringify({ ...words, _meta: meta() })).text).toBe(text)
  })

  it('of a named logger of Moltbot gives its subsystem or module once', () => {
    for (const [name, subsystem] of [
      ['{"subsystem":"gateway/ws"}', 'gateway/ws'],
      ['{"module":"cron"}', 'cron'],
    ]) {
      const line = JSON.stringify({ 0: name, 1: 'started', _meta: meta({ name }) })
      expect(parseLine(line)).toMatchObject({ subsystem, text: 'started' })
    }
    expect(parseLine(JSON.stringify({ 0: 'x', _meta: meta() })).subsystem).toBe('plain')
    expect(parseLine(JSON.stringify({ 0: 'x', _meta: meta({ name: '{' }) })).subsystem).toBeNull()
  })

  it('gives every level its own, whatever its case', () => {
    const level = (logLevelName: string) =>
      parseLine(JSON.stringify({ 0: 'x', _meta: meta({ logLevelName }) })).level
    const names = ['FATAL', 'error', 'Warn', 'INFO', 'DEBUG', 'TRACE', 'SILLY', 'LOUD']
    expect(names.map(level)).toEqual(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'trace', null])
  })

  it('takes the time of the record, else of its _meta', () => {
    const eight = Date.parse('2026-01-30T08:00:00Z')
    expect(parseLine(JSON.stringify({ 0: 'x', _meta: meta(), time: '2026-01-30T09:00:00+01:00' })).time).toBe(
      eight,
    )
    expect(parseLine(JSON.stringify({ 0: 'x', _meta: meta() })).time).toBe(eight)
  })

  it('is never longer written out than a line may be', () => {
    const numbers = JSON.stringify({ 0: 'N', _meta: {} }).replace('"N"', `[${'9e20,'.repeat(12_000)}0]`)
    expect(parseLine(numbers).text.length).toBe(64 * 1024)
  })
})
