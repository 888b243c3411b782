import type { LogRecord } from './log-record.ts'
import type { Redactor } from './redact.ts'

/** Done once for each place a record is written to, before it takes its form there. */
export function redactRecord(record: LogRecord, redactor: Redactor): LogRecord {
  const data = record.data && redactor.members(record.data)
  return { ...record, message: redactor.text(record.message), data }
}
