import type { LogLine } from '../../../shared/log.ts'

/** A place in the log where something other than a line has to be said. */
export type LogMark =
  | { readonly mark: 'skipped'; readonly bytes: number }
  | { readonly mark: 'restarted'; readonly path: string }
  | { readonly mark: 'otherFile'; readonly path: string }

export type LogEntry = LogLine | LogMark

export function isLine(entry: LogEntry): entry is LogLine {
  return !('mark' in entry)
}
