import { describe, expect, it } from 'vitest'
import { createStoreScanner } from '../../../../gateway/sessions/store/store-scanner.ts'

function scan(text: string, size = text.length || 1) {
  const found = new Map<string, unknown>()
  const raws: string[] = []
  const scanner = createStoreScanner(({ key, value, raw }) => {
    found.set(key, value)
    raws.push(String(raw))
  })
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size))
  return { fault: scanner.end(), found, raws }
}

describe('a list of sessions, read in pieces', () => {
  const tricky = {
    'agent:main:main': { label: '}{][,":\\', nested: [{ a: [1, { b: '"' }] }], text: 'ü 你好 \u0000\n' },
    '': {},
    'a,b': { n: -1.5e3 },
    'quo"te\\': { list: [] },
  }

  it.each([1, 2, 3, 7, 64, 100_000])('means the same in pieces of %i bytes', (size) => {
    for (const text of [
      JSON.stringify(tricky),
      JSON.stringify(tricky, null, 2),
      `\r\n ${JSON.stringify(tricky)}\n\t`,
    ]) {
      const { fault, found, raws } = scan(text, size)
      expect(fault).toBeNull()
      expect(Object.fromEntries(found)).toEqual(tricky)
      expect(JSON.parse(`{${raws.join(',')}}`)).toEqual(tricky)
    }
  })

  it.each(['{}', ' { } ', '{\n}'])('may be empty: %j', (text) => {
    expect(scan(text)).toMatchObject({ fault: null, raws: [] })
  })

  it('a key named __proto__ is a key, and nothing is inherited', () => {
    const { found } = scan('{"__proto__": {"label": "x"}}')
    expect([...found.keys()]).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).label).toBeUndefined()
  })

  it.each([
    ['', 1, 'empty'],
    ['   \n ', 2, 'empty'],
    ['[]', 1, 'not a JSON object'],
    ['null', 1, 'not a JSON object'],
    ['{"a": {}', 1, 'end is missing'],
    ['{"a": {}, "b": {"x', 1, 'end is missing'],
    ['{"a": {},\n}', 2, 'not valid JSON'],
    ['{\n"a": {}\n"b": {}}', 3, 'not valid JSON'],
    ['{"a"}', 1, 'not valid JSON'],
    ['{"a": {}, , "b": {}}', 1, 'not valid JSON'],
    ['{"a": {}]', 1, 'bracket'],
    ['{"a": {]}', 1, 'not valid JSON'],
    ['{"a": {}} {}', 1, 'more after'],
    ["{'a': {}}", 1, 'not valid JSON'],
  ])('names the line of the fault in %j', (text, line, detail) => {
    expect(scan(text).fault).toEqual({ line, detail: expect.stringContaining(detail) })
  })

  it('what stands before a fault is found', () => {
    expect([...scan('{"a": {"n": 1}, "b": {"n": 2}, "c": {"n"').found.keys()]).toEqual(['a', 'b'])
  })

  it('an entry without an end is given up, however long it goes on', () => {
    const scanner = createStoreScanner(() => {})
    scanner.push(Buffer.from('{"a": "'))
    const more = Buffer.alloc(1024 * 1024, 'x')
    for (let count = 0; count < 17; count += 1) scanner.push(more)
    expect(scanner.end()?.detail).toContain('has no end')
  })
})
