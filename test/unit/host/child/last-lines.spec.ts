import { describe, expect, it } from 'vitest'
import { LastLines } from '../../../../host/child/last-lines.ts'

describe('the last lines of an output', () => {
  it('are whole, whatever the chunks', () => {
    const lines = new LastLines()
    for (const byte of Buffer.from('erste Zeile: ä\r\nzweite 网关\nopen end')) lines.add(Buffer.from([byte]))
    expect(lines.read()).toEqual(['erste Zeile: ä', 'zweite 网关', 'open end'])
  })

  it('are fifty, and short', () => {
    const lines = new LastLines()
    for (let n = 0; n < 1_000; n++) lines.add(Buffer.from(`line ${n}\n`))
    expect(lines.read()).toHaveLength(50)
    expect(lines.read()[0]).toBe('line 950')
    for (let n = 0; n < 100; n++) lines.add(Buffer.alloc(100_000, 'x'))
    expect(lines.read().at(-1)).toHaveLength(2_000)
  })
})
