// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
import { describe, expect, it } from 'vitest'
import { consoleLine, jsonLine } from '../../../../gateway/log/log-line.ts'
import type { LogRecord } from '../../../../gateway/log/log-record.ts'

const record: LogRecord = {
  at: new Date('2026-01-30T10:20:30.456Z'),
  level: 'warn',
  subsystem: 'clients',
  message: 'hello',
  data: { port: 1 },
}

const hostile = 'a\nb\r\u001b[2J\u009b31m\u2028\u202e\u200b\u0000\ufeffz'

describe('a line of the log', () => {
  it('has the form Moltbot’s tools read', () => {
    const line = jsonLine(record)
    expect(line.endsWith('}\n')).toBe(true)
    expect(JSON.parse(line)).toEqual({
      '0': 'hello',
      '1': { port: 1 },
      _meta: { name: '{"subsystem":"clients"}', logLevelName: 'WARN', date: '2026-01-30T10:20:30.456Z' },
      time: '2026-01-30T10:20:30.456Z',
    })
  })

  it.each(['json', 'compact', 'pretty'])('stays one harmless line: %s', (style) => {
    const odd = { ...record, message: hostile, data: { [hostile]: hostile } }
    const line = style === 'json' ? jsonLine(odd) : consoleLine(odd, style === 'pretty')
    const body = line.slice(0, -1).replaceAll(/\u001b\[\d*m/g, '') // pretty's own colours
    expect(body).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u2028\u202e\ufeff]/)
    if (style === 'json') expect(JSON.parse(line)[0]).toBe(hostile)
  })
})
