import type { LogRecord, WrittenLevel } from './log-record.ts'

export type LogSink = (record: LogRecord) => void

type Write = (message: string, data?: Record<string, unknown>) => void

export interface Logger {
  readonly fatal: Write
  readonly error: Write
  readonly warn: Write
  readonly info: Write
  readonly debug: Write
  /** The same log under another name, which becomes the line's subsystem. */
  named(subsystem: string): Logger
}

export function createLogger(sinks: readonly LogSink[], subsystem: string): Logger {
  const at =
    (level: WrittenLevel): Write =>
    (message, data) => {
      const record: LogRecord = { at: new Date(), level, subsystem, message, data: data ?? null }
      for (const sink of sinks) sink(record)
    }
  return {
    fatal: at('fatal'),
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    named: (name) => createLogger(sinks, name),
  }
}
