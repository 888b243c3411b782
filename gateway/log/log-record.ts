import { type LogLevel, logLevels } from '../../host/config/schema/logging.ts'

export type WrittenLevel = Exclude<LogLevel, 'silent'>

export interface LogRecord {
  readonly at: Date
  readonly level: WrittenLevel
  readonly subsystem: string
  readonly message: string
  /** Facts beside the message; plain JSON values. */
  readonly data: Readonly<Record<string, unknown>> | null
}

/** `warn` lets warn, error and fatal pass. */
export function passes(level: WrittenLevel, threshold: LogLevel): boolean {
  return logLevels.indexOf(level) <= logLevels.indexOf(threshold)
}
