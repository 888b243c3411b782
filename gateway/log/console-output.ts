import type { LoggingConfig, LogLevel } from '../../host/config/config-schema.ts'
import { consoleLine, jsonLine } from './log-line.ts'
import { type LogRecord, passes } from './log-record.ts'

export type ConsoleStream = Pick<NodeJS.WriteStream, 'isTTY' | 'write' | 'writableLength'>

export interface ConsoleSettings {
  readonly level: LogLevel
  /** Pretty on a terminal and compact elsewhere, where the configuration does not say. */
  readonly style: LoggingConfig['consoleStyle']
}

export interface ConsoleOutput {
  /** Takes records that are redacted already. */
  write(records: readonly LogRecord[], settings: ConsoleSettings): void
}

/** What waits for a reader that does not read; the log file has it all. */
const maxWaitingBytes = 1024 * 1024

/** Warnings and worse go to stderr, the rest to stdout. */
export function openConsoleOutput(stdout: ConsoleStream, stderr: ConsoleStream): ConsoleOutput {
  let leftOut = 0

  function show(record: LogRecord, output: ConsoleStream, style: ConsoleSettings['style']): void {
    if (output.writableLength > maxWaitingBytes) {
      leftOut += 1
      return
    }
    const shown = style ?? (output.isTTY ? 'pretty' : 'compact')
    const text = (each: LogRecord) =>
      shown === 'json' ? jsonLine(each) : consoleLine(each, shown === 'pretty')
    if (leftOut > 0) output.write(text(leftOutNote(record, leftOut)))
    leftOut = 0
    output.write(text(record))
  }

  return {
    write(records, { level, style }) {
      for (const record of records) {
        if (passes(record.level, level)) show(record, passes(record.level, 'warn') ? stderr : stdout, style)
      }
    },
  }
}

function leftOutNote({ at, subsystem }: LogRecord, lines: number): LogRecord {
  const message = 'Lines were left out here, since nobody read them; the log file has them'
  return { at, level: 'warn', subsystem, message, data: { lines } }
}
