import type { LogLine, WrittenLevel } from '../../../shared/log.ts'
import { visibleText } from './ansi.ts'
import { isLine, type LogEntry } from './log-entry.ts'

/** `other`: lines that are no record of ours and hence have no level. */
export type LevelKey = WrittenLevel | 'other'

export interface LogFilter {
  readonly hiddenLevels: ReadonlySet<LevelKey>
  readonly query: string
  /** Lines without the query are left out, instead of shown without a mark. */
  readonly onlyMatching: boolean
}

export const everything: LogFilter = { hiddenLevels: new Set(), query: '', onlyMatching: false }

export function levelOf(entry: LogLine): LevelKey {
  return entry.level ?? 'other'
}

/** A marker between lines passes whatever the levels are. */
export function passesLevels({ hiddenLevels }: LogFilter, entry: LogEntry): boolean {
  return hiddenLevels.size === 0 || !isLine(entry) || !hiddenLevels.has(levelOf(entry))
}

/** Finds the query as plain text in either case; null for an empty query. */
export function queryPattern(query: string): RegExp | null {
  if (query === '') return null
  return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu')
}

/** A line matches by its text as it is shown, or by the part of the gateway it is from. */
export function matches(pattern: RegExp, entry: LogEntry): boolean {
  if (!isLine(entry)) return false
  return found(pattern, visibleText(entry.text)) || found(pattern, entry.subsystem ?? '')
}

function found(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0
  return pattern.test(text)
}
