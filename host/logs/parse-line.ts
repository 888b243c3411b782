import type { LogLine, WrittenLevel } from '../../shared/log.ts'
import { maxLineBytes } from './figures.ts'

export type ParsedLine = Pick<LogLine, 'time' | 'level' | 'subsystem' | 'text'>

/** As tslog names them. */
const levels: Readonly<Record<string, WrittenLevel>> = {
  FATAL: 'fatal',
  ERROR: 'error',
  WARN: 'warn',
  INFO: 'info',
  DEBUG: 'debug',
  TRACE: 'trace',
  SILLY: 'trace',
}

/**
 * Reads a line of tslog's form: what was logged under "0", "1", …, and `_meta` with level and name.
 * Texts are joined by blanks and facts follow as `key=value`. Any other line is its own text. Never throws.
 */
export function parseLine(raw: string): ParsedLine {
  const bare = { time: null, level: null, subsystem: null, text: raw }
  if (!raw.startsWith('{')) return bare
  try {
    const record = objectOf(JSON.parse(raw))
    const meta = objectOf(own(record, '_meta'))
    if (!record || !meta) return bare
    const name = own(meta, 'name')
    const [first, ...rest] = Object.keys(record).filter((key) => /^\d+$/.test(key))
    // Moltbot's named loggers repeat the name ahead of the message.
    const isNameFirst = first !== undefined && typeof name === 'string' && own(record, first) === name
    const words = [...(isNameFirst || first === undefined ? [] : [first]), ...rest]
    const text = words.flatMap((key) => wordsOf(own(record, key))).join(' ')
    return {
      time: timeOf(own(record, 'time')) ?? timeOf(own(meta, 'date')),
      level: levelOf(own(meta, 'logLevelName')),
      subsystem: subsystemOf(name),
      // A number can be longer written out than it was in the line.
      text: text === '' ? raw : text.slice(0, maxLineBytes),
    }
  } catch {
    // Not JSON, or nested too deeply to be written out again.
    return bare
  }
}

type Members = Readonly<Record<string, unknown>>

function objectOf(value: unknown): Members | null {
  // What JSON.parse made an object of has string keys only.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null
}

function own(members: Members | null, key: string): unknown {
  return members && Object.hasOwn(members, key) ? members[key] : undefined
}

function wordsOf(value: unknown): string[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'string') return [value]
  const facts = objectOf(value)
  if (!facts) return [JSON.stringify(value)]
  return Object.entries(facts).map(([key, fact]) => `${key}=${factText(fact)}`)
}

function factText(fact: unknown): string {
  return typeof fact === 'string' ? fact : JSON.stringify(fact)
}

function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' && value.length <= 64 ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? null : time
}

function levelOf(value: unknown): WrittenLevel | null {
  const name = typeof value === 'string' ? value.toUpperCase() : ''
  return Object.hasOwn(levels, name) ? (levels[name] ?? null) : null
}

/** `{"subsystem":"gateway"}`, `{"module":"cron"}`, or a bare name. */
function subsystemOf(name: unknown): string | null {
  if (typeof name !== 'string' || name === '') return null
  if (!name.startsWith('{')) return name.slice(0, maxNameLength)
  try {
    const members = objectOf(JSON.parse(name))
    const found = own(members, 'subsystem') ?? own(members, 'module')
    return typeof found === 'string' ? found.slice(0, maxNameLength) : null
  } catch {
    return null
  }
}

const maxNameLength = 200
