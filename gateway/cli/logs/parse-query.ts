import type { LogLine } from '../../../shared/log.ts'
import type { LogsOptions } from '../commands/logs.ts'
import { type LineFilter, parseGrep, parseLevel } from './line-filter.ts'
import { parseDay, parseMoment } from './moment-option.ts'
import { maxSearchedBytes } from './read-last.ts'
import { withinTime } from './within-time.ts'

export interface LogQuery {
  readonly ok: true
  /** Lines, counted after the filter. */
  readonly tail: number
  /** Null lets every line pass. */
  readonly filter: LineFilter | null
  /** ms since 1970; nothing older is of interest. */
  readonly since: number | null
  /** ms since 1970; from then on nothing is of interest. */
  readonly until: number | null
  readonly maxBytes: number
  readonly intervalMs: number
}

export type ParsedQuery = LogQuery | { readonly ok: false; readonly detail: string }

const defaultTail = 200
const maxTail = 100_000
const defaultIntervalMs = 1_000

/** What the options ask for, or the first thing that is wrong with them. `translate` comes ahead of every filter. */
export function parseQuery(
  options: LogsOptions,
  now: number,
  translate: ((line: LogLine) => LogLine) | null,
): ParsedQuery {
  const { tail, limit, level, grep, since, until, date, follow, maxBytes, interval } = options
  if (options.url !== undefined || options.token !== undefined) {
    return wrong(
      'logs reads the files of this machine and needs no --url and no --token. For another one: ssh HOST moltbot logs',
    )
  }
  const [name, count] = tail === undefined ? ['--limit', limit] : ['--tail', tail]
  const isTimed = since !== undefined || until !== undefined || date !== undefined
  const wanted = wholeNumber(count, isTimed ? maxTail : defaultTail, 0, maxTail)
  if (wanted === null) return wrong(`${name} must be a whole number from 0 to ${maxTail}`)
  const bytes = wholeNumber(maxBytes, maxSearchedBytes, 1, maxSearchedBytes)
  if (bytes === null) return wrong(`--max-bytes must be a whole number from 1 to ${maxSearchedBytes}`)
  const intervalMs = wholeNumber(interval, defaultIntervalMs, 100, 60_000)
  if (intervalMs === null) return wrong('--interval must be a whole number of milliseconds from 100 to 60000')
  if (follow && (until !== undefined || date !== undefined)) {
    return wrong('--follow goes on without an end: leave out --until and --date')
  }
  if (date !== undefined && (since !== undefined || until !== undefined)) {
    return wrong('--date is a whole day: leave out --since and --until')
  }
  const day = date === undefined ? null : parseDay(date, now)
  if (date !== undefined && !day)
    return wrong('--date must be a day such as 2026-01-30, or today, or yesterday')
  const from = since === undefined ? (day?.from ?? null) : parseMoment(since, now)
  if (since !== undefined && from === null) return wrong(`--since ${timeHelp}`)
  const to = until === undefined ? (day?.until ?? null) : parseMoment(until, now)
  if (until !== undefined && to === null) return wrong(`--until ${timeHelp}`)
  if (from !== null && to !== null && from >= to) return wrong('--since must be earlier than --until')
  const graver = level === undefined ? null : parseLevel(level)
  if (graver?.ok === false) return graver
  const found = grep === undefined ? null : parseGrep(grep)
  if (found?.ok === false) return found
  const filters: readonly (LineFilter | null)[] = [
    translate && ((lines) => lines.map(translate)),
    from === null && to === null ? null : withinTime(from, to),
    graver && ((lines) => lines.filter(graver.value)),
    found?.value ?? null,
  ]
  return {
    ok: true,
    tail: wanted,
    filter: allOf(filters),
    since: from,
    until: to,
    maxBytes: bytes,
    intervalMs,
  }
}

const timeHelp = 'must be a time such as 10m, 2h, 3d, 2026-01-30, 2026-01-30T12:00, or today'

function allOf(filters: readonly (LineFilter | null)[]): LineFilter | null {
  const wanted = filters.filter((filter) => filter !== null)
  if (wanted.length === 0) return null
  return (lines) => wanted.reduce((left, filter) => filter(left), [...lines])
}

function wholeNumber(text: string | undefined, usual: number, least: number, most: number): number | null {
  if (text === undefined) return usual
  const value = /^\d{1,8}$/.test(text) ? Number(text) : -1
  return value >= least && value <= most ? value : null
}

function wrong(detail: string): { readonly ok: false; readonly detail: string } {
  return { ok: false, detail }
}
