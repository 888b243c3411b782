import { parseEnv } from 'node:util'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { removeEnvLine, setEnvLine } from '../../../../host/secrets/env-lines.ts'

const name = 'THE_SECRET'

describe('a line of .env', () => {
  it.each([
    ['in an empty file', '', 'A value', `THE_SECRET='A value'\n`],
    ['plain where that is enough', '', 'sk-1_2.3/4+5=', 'THE_SECRET=sk-1_2.3/4+5=\n'],
    ['after a last line without an end', 'A=1', 'value', 'A=1\nTHE_SECRET=value\n'],
    ['in the place of the former one', 'A=1\nTHE_SECRET=old\nB=2\n', 'new', 'A=1\nTHE_SECRET=new\nB=2\n'],
    ['once where there were several', 'THE_SECRET=1\nA=1\nTHE_SECRET=2\n', 'new', 'A=1\nTHE_SECRET=new\n'],
    ['over several lines', 'THE_SECRET="x\ny"\nB=2\n', 'new', 'THE_SECRET=new\nB=2\n'],
    ['with the line ends of the file', 'A=1\r\n', 'new', 'A=1\r\nTHE_SECRET=new\r\n'],
    ['after export', 'export THE_SECRET = old # mine\n# c', 'new', 'THE_SECRET=new\n# c'],
    ['with quotes of the kind that it has not', '', `it's "so"`, 'THE_SECRET=`it\'s "so"`\n'],
    ['in quotes that leave it alone', '', `it's C:\\new`, `THE_SECRET=\`it's C:\\new\`\n`],
  ])('is set %s', (_, text, value, expected) => {
    expect(setEnvLine(text, name, value)).toBe(expected)
    expect(parseEnv(expected)[name]).toBe(value)
  })

  it('is refused where no quotes hold the value', () => {
    expect(setEnvLine('', name, `'"\``)).toBeNull()
  })

  it('is not looked for in comments, longer names, or the inside of another value', () => {
    const text = `# THE_SECRET=1\nNOT_THE_SECRET=2\nOTHER='a\nTHE_SECRET=3\nb'\n`
    expect(removeEnvLine(text, name)).toBe(text)
    expect(setEnvLine(text, name, 'new')).toBe(`${text}THE_SECRET=new\n`)
  })

  const line = oneof(
    constantFrom(
      '# a comment',
      '',
      'A=1',
      'B = two words # c',
      "C='single'",
      'D="dou\nble"',
      'export E=`x`',
      'junk',
    ),
    constantFrom('THE_SECRET=old', "THE_SECRET='old\nlines'", 'export THE_SECRET="o"', '  THE_SECRET = o'),
    string({ maxLength: 20 }),
  )

  it('changes nothing but itself, whatever the file has, and reads back as it was set', () => {
    assert(
      property(
        array(line, { maxLength: 8 }),
        string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        (lines, value) => {
          const text = lines.join('\n')
          const before = { ...parseEnv(text) }
          const set = setEnvLine(text, name, value)
          if (set !== null) expect({ ...parseEnv(set) }).toEqual({ ...before, [name]: value })
          const removed = removeEnvLine(text, name)
          const { [name]: _, ...others } = before
          if (removed !== null) {
            expect({ ...parseEnv(removed) }).toEqual(others)
            // Every line that is left was there.
            expect(lines.join('\n').split('\n')).toEqual(
              expect.arrayContaining(removed.split('\n').filter((left) => left !== '')),
            )
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
