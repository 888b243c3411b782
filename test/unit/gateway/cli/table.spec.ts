import { describe, expect, it } from 'vitest'
import { tableLines } from '../../../../gateway/cli/table.ts'

const plain = { isColoured: false, width: null }
const rows = [
  ['agent:main:main', 'direct', '950'],
  ['家庭群组 🎉', 'group', '12k'],
  ['é', 'x', '1.2M'],
]

describe('a table', () => {
  it('has its columns under one another, whatever is in them', () => {
    // Chinese characters and pictures take two columns, an accent of its own takes none.
    expect(tableLines(rows, plain, { head: ['NAME', 'KIND', 'TOKENS'], right: [2] })).toEqual([
      'NAME             KIND    TOKENS',
      'agent:main:main  direct     950',
      '家庭群组 🎉      group      12k',
      'é                x         1.2M',
    ])
  })

  it('fits the terminal: the widest column gives way, and each cut is seen', () => {
    const lines = tableLines([...rows, ['a-rather-long-name-of-a-session', 'group', '7']], {
      ...plain,
      width: 34,
    })
    expect(lines).toEqual([
      'agent:main:main       direct  950',
      '家庭群组 🎉           group   12k',
      'é                     x       1.2M',
      'a-rather-long-name-…  group   7',
    ])
    const narrow = { isColoured: false, width: 9 }
    expect(tableLines([['家庭群组群组']], narrow)).toEqual(['家庭群组…'])
  })

  it('cuts out the middle where that is asked for: the ends tell keys apart', () => {
    const key = 'agent:main:whatsapp:dm:+4915123456789'
    const [line] = tableLines([[key, 'direct']], { isColoured: false, width: 32 }, { middle: [0] })
    expect(line).toBe('agent:main:w…15123456789  direct')
    expect(line?.length).toBe(32)
  })

  it('gives each row two lines where too little of it would be left', () => {
    const long = [
      ['agent:main:whatsapp:group:120363041234567890@g.us', 'group', '10 min ago', 'claude-opus-4-5', '21k'],
    ]
    const head = ['SESSION', 'KIND', 'USED', 'MODEL', 'TOKENS']
    const lines = tableLines(long, { isColoured: false, width: 40 }, { head })
    expect(lines).toEqual([
      'agent:main:whatsapp:…63041234567890@g.us',
      '  group, 10 min ago, claude-opus-4-5,',
      '  21k',
    ])
  })

  it('is painted only where the output is, and is no wider for it', () => {
    const cells = [[{ text: 'linked', colour: 'green' } as const, 'yes']]
    expect(tableLines(cells, plain)).toEqual(['linked  yes'])
    expect(tableLines(cells, { isColoured: true, width: null })).toEqual(['\u001b[32mlinked\u001b[0m  yes'])
  })

  it('makes harmless what would act on the terminal', () => {
    const [line = ''] = tableLines([['\u001b]0;owned\u0007\nx', 'y']], plain)
    expect(line).toBe('\\u001b]0;owned\\u0007\\u000ax  y')
  })
})
