import { escapeControls } from '../../shared/wording/escape-controls.ts'
import type { LogGap } from './line-file.ts'
import type { LogRecord } from './log-record.ts'

/** One line of JSON in tslog's form, which Moltbot's own tools read; ends with a line feed. */
export function jsonLine({ at, level, subsystem, message, data }: LogRecord): string {
  const line = {
    '0': message,
    ...(data ? { '1': data } : {}),
    _meta: {
      name: JSON.stringify({ subsystem }),
      logLevelName: level.toUpperCase(),
      date: at.toISOString(),
    },
    time: at.toISOString(),
  }
  return `${escapeControls(JSON.stringify(line))}\n`
}

/** Stands in the log where lines could not be written. */
export function gapLine({ lines, reason, since }: LogGap): string {
  const message = 'Lines are missing here: the log could not be written'
  const data = { lines, reason, since: since.toISOString() }
  return jsonLine({ at: new Date(), level: 'warn', subsystem: 'log', message, data })
}

/** For a terminal: time, level, subsystem, message and facts, on one line. */
export function consoleLine({ at, level, subsystem, message, data }: LogRecord, isPretty: boolean): string {
  const facts = Object.entries(data ?? {}).map(([name, fact]) => `${name}=${factText(fact)}`)
  const text = escapeControls([message, ...facts].join(' '))
  const time = at.toTimeString().slice(0, 8)
  if (!isPretty) return `${at.toISOString()} ${level.toUpperCase()} [${subsystem}] ${text}\n`
  return `${time} ${colours[level]}${level.padEnd(5)}\u001b[0m \u001b[2m${subsystem}\u001b[0m ${text}\n`
}

function factText(fact: unknown): string {
  return typeof fact === 'string' ? fact : JSON.stringify(fact)
}

const colours: Record<LogRecord['level'], string> = {
  fatal: '\u001b[31m',
  error: '\u001b[31m',
  warn: '\u001b[33m',
  info: '\u001b[36m',
  debug: '\u001b[2m',
  trace: '\u001b[2m',
}
