import { describe, expect, it } from 'vitest'
import type { LogsOptions } from '../../../../../gateway/cli/commands/logs.ts'
import { parseQuery } from '../../../../../gateway/cli/logs/parse-query.ts'

const now = new Date(2026, 0, 31, 12).getTime()
const parse = (options: Omit<LogsOptions, 'source'>) =>
  parseQuery({ source: 'gateway', ...options }, now, null)

describe('what logs is asked for', () => {
  it('is the last 200 lines, or all of a time', () => {
    expect(parse({})).toMatchObject({ ok: true, tail: 200, filter: null, since: null, until: null })
    expect(parse({ limit: '5' })).toMatchObject({ tail: 5 })
    expect(parse({ since: '2h' })).toMatchObject({ tail: 100_000, since: now - 7_200_000, until: null })
    const day = { since: new Date(2026, 0, 30).getTime(), until: new Date(2026, 0, 31).getTime() }
    expect(parse({ date: 'yesterday', tail: '3' })).toMatchObject({ tail: 3, ...day })
  })

  it.each<[Omit<LogsOptions, 'source'>]>([
    [{ tail: '-1' }],
    [{ tail: '1e3' }],
    [{ limit: '100001' }],
    [{ level: 'loud' }],
    [{ grep: '/(/' }],
    [{ grep: '/a/ii' }],
    [{ since: 'soon' }],
    [{ until: '2026-02-30' }],
    [{ date: '10m' }],
    [{ date: 'today', since: '1h' }],
    [{ follow: true, until: 'today' }],
    [{ follow: true, date: 'today' }],
    [{ since: '1h', until: '2h' }],
    [{ maxBytes: '0' }],
    [{ interval: '5' }],
    [{ url: 'ws://127.0.0.1:1' }],
  ])('%j is refused with a reason', (options) => {
    expect(parse(options)).toMatchObject({ ok: false, detail: expect.stringMatching(/^(?:--|logs )/) })
  })

  it('never repeats a token that it refuses', () => {
    expect(JSON.stringify(parse({ token: 'c4nary' }))).not.toContain('c4nary')
  })
})
