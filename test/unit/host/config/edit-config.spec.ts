import fc from 'fast-check'
import json5 from 'json5'
import { describe, expect, it } from 'vitest'
import { commentsIn, withGatewayPort } from '../../../../host/config/edit-config.ts'

describe('an edit of gateway.port', () => {
  it.each([
    [
      'a number in its place',
      "{ gateway: { port: 1, mode: 'local' } }",
      "{ gateway: { port: 7, mode: 'local' } }",
    ],
    [
      'hexadecimal, comments, quotes',
      `// a
{
  'gateway': { /* b */ "port" : 0x4965 /* c */, },
} // d
`,
      `// a
{
  'gateway': { /* b */ "port" : 7 /* c */, },
} // d
`,
    ],
    [
      'a new member',
      "{\n  gateway: {\n    mode: 'local', // why\n  },\n}\n",
      "{\n  gateway: {\n    port: 7,\n    mode: 'local', // why\n  },\n}\n",
    ],
    [
      'a new section',
      '{\r\n\t"logging": {\r\n\t\t"level": "info"\r\n\t}\r\n}\r\n',
      '{\r\n\t"gateway": {\r\n\t\t"port": 7\r\n\t},\r\n\t"logging": {\r\n\t\t"level": "info"\r\n\t}\r\n}\r\n',
    ],
    [
      'beside an include',
      "{ gateway: { $include: './g.json5' } }",
      "{ gateway: { port: 7, $include: './g.json5' } }",
    ],
    [
      'behind a comment, where there is nothing',
      '{ // a\n\n}\n// b',
      '{ // a\n  gateway: {\n    port: 7\n  }\n\n}\n// b',
    ],
    ['in one line', '{a:[1]}', '{gateway: { port: 7 },a:[1]}'],
    ['the last of equal keys', '{ gateway: { port: 1, port: 2 } }', '{ gateway: { port: 1, port: 7 } }'],
    [
      'behind an emoji and a byte order mark',
      '\uFEFF{ name: "🦞🦞", gateway: { port: 1 } }',
      '\uFEFF{ name: "🦞🦞", gateway: { port: 7 } }',
    ],
    ['an empty file', '', '{\n  gateway: {\n    port: 7,\n  },\n}\n'],
  ])('writes: %s', async (_what, before, after) => {
    expect(await withGatewayPort(before, 7)).toBe(after)
  })

  it.each([
    [
      'a line of its own',
      "{\n  gateway: {\n    // why\n    port: 1,\n    mode: 'local',\n  },\n}\n",
      "{\n  gateway: {\n    // why\n    mode: 'local',\n  },\n}\n",
    ],
    [
      'its comment stays',
      "{\n  gateway: {\n    mode: 'local', // a\n    port: 1, // b\n  },\n}",
      "{\n  gateway: {\n    mode: 'local', // a\n    // b\n  },\n}",
    ],
    ['the comma before it', '{"gateway":{"mode":"local","port":1}}', '{"gateway":{"mode":"local"}}'],
    ['the only member', '{"gateway":{"port":1}}', '{"gateway":{}}'],
    [
      'all of equal keys',
      '{ gateway: { port: 1, port: 2, mode: "local" } }',
      '{ gateway: { mode: "local" } }',
    ],
    ['nothing to take out', '{ gateway: {} } // a', '{ gateway: {} } // a'],
  ])('takes out: %s', async (_what, before, after) => {
    expect(await withGatewayPort(before, null)).toBe(after)
  })

  it('is quick in a file with much in it', async () => {
    const list = `{ a: [${'1,'.repeat(15_000)}],\n gateway: {} }`
    const startedAt = performance.now()
    expect(await withGatewayPort(list, 7)).toBe(list.replace('{}', '{port: 7}'))
    const many = `{ gateway: { ${'port: 1, '.repeat(3_000)}} }`
    expect(await withGatewayPort(many, null)).toBe('{ gateway: { } }')
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('refuses what is not an object', async () => {
    await expect(withGatewayPort('[1]', 7)).rejects.toThrow()
    await expect(withGatewayPort('{ gateway: "x" }', 7)).rejects.toThrow()
  })

  it('changes nothing else, whatever stands around it', async () => {
    const space = fc.constantFrom('', ' ', '\n', '\n  ', '\t', '\r\n', ' /* 甲 */ ', ' // 🦞\n', '\n// x\n  ')
    const entry = fc.tuple(
      fc.constantFrom('mode', '"auth"', "'$include'", 'été', '"a b"'),
      fc.constantFrom('"$${X}"', "'it'", '[1, 2,]', '{ port: 5 }', '.5', '+1', 'null', '"🦞"'),
    )
    const port = fc.constantFrom('port: 18789', '"port" : 0x10', "'port':+5")
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 3 }),
        fc.option(port),
        fc.array(space, { minLength: 8, maxLength: 8 }),
        fc.boolean(),
        async (entries, written, [a, b, c, d, e, f, g, h], comma) => {
          const members = entries.map(([key, value]) => `${key}${a}:${b}${value}${c}`)
          if (written) members.splice(members.length >> 1, 0, written)
          const inner = members.join(`,${d}`) + (comma && members.length > 0 ? `,${e}` : '')
          const text = `${f}{${g}logging: {},${h}gateway:${a}{${b}${inner}}${c}}${d}`
          const original = json5.parse(text)
          for (const wanted of [40_000, null]) {
            const edited = await withGatewayPort(text, wanted)
            const { port: _old, ...rest } = original.gateway
            const gateway = wanted === null ? rest : { ...rest, port: wanted }
            expect(json5.parse(edited)).toEqual({ ...original, gateway })
            expect(await commentsIn(edited)).toEqual(await commentsIn(text))
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
