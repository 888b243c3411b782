import { describe, expect, it } from 'vitest'
import { parseDay, parseMoment } from '../../../../../gateway/cli/logs/moment-option.ts'

const now = new Date(2026, 0, 31, 12, 0, 0).getTime()
const at = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime()

describe('a time as it is typed', () => {
  it.each([
    ['90s', now - 90_000],
    ['10m', now - 600_000],
    ['2h', now - 7_200_000],
    ['3d', now - 3 * 86_400_000],
    ['today', at(2026, 0, 31)],
    ['yesterday', at(2026, 0, 30)],
    ['2026-01-30', at(2026, 0, 30)],
    ['2026-01-30T12:00', at(2026, 0, 30, 12)],
    ['2026-01-30 12:00:05', at(2026, 0, 30, 12, 0, 5)],
    ['2026-01-30T12:00:00Z', Date.UTC(2026, 0, 30, 12)],
    ['2026-01-30T12:00+08:00', Date.UTC(2026, 0, 30, 4)],
  ])('%s', (text, time) => expect(parseMoment(text, now)).toBe(time))

  it.each([
    '',
    '10',
    '10 m',
    '-10m',
    '1.5h',
    '2026-02-30',
    '2026-13-01',
    '30.01.2026',
    '2026-01-30T25:00',
    '2026-02-30T10:00',
    'now',
  ])('%j is none', (text) => expect(parseMoment(text, now)).toBeNull())

  it('a day ends where the next one begins', () => {
    expect(parseDay('2026-01-31', now)).toEqual({ from: at(2026, 0, 31), until: at(2026, 1, 1) })
    expect(parseDay('10m', now)).toBeNull()
  })
})
