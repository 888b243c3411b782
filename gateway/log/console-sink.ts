import type { LoggingConfig, LogLevel } from '../../host/config/config-schema.ts'
import { consoleLine, jsonLine } from './log-line.ts'
import { passes } from './log-record.ts'
import type { LogSink } from './logger.ts'
import type { Redactor } from './redact.ts'
import { redactRecord } from './redact-record.ts'

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>

export interface ConsoleSinkOptions {
  readonly level: LogLevel
  /** Pretty on a terminal and compact elsewhere, where the configuration does not say. */
  readonly style: LoggingConfig['consoleStyle']
  readonly redactor: Redactor
  readonly stdout: Output
  readonly stderr: Output
}

/** Warnings and worse go to stderr, the rest to stdout. */
export function createConsoleSink({ level, style, redactor, stdout, stderr }: ConsoleSinkOptions): LogSink {
  return (record) => {
    if (!passes(record.level, level)) return
    const output = passes(record.level, 'warn') ? stderr : stdout
    const shown = style ?? (output.isTTY ? 'pretty' : 'compact')
    const redacted = redactRecord(record, redactor)
    output.write(shown === 'json' ? jsonLine(redacted) : consoleLine(redacted, shown === 'pretty'))
  }
}
