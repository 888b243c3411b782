import type { LogLine } from '../../../shared/log.ts'
import { visibleText } from './ansi.ts'
import type { LogBook } from './log-book.ts'
import { isLine } from './log-entry.ts'

/**
 * A line as it is copied: `2026-01-30T09:14:02.118Z ERROR [gateway] cannot listen`. Colours are left out and
 * control characters are as visible as on the page, so that it does nothing to a terminal it is pasted into.
 */
export function copiedLine({ time, level, subsystem, text }: LogLine): string {
  const parts = [
    time === null ? '' : new Date(time).toISOString(),
    level?.toUpperCase() ?? '',
    subsystem === null ? '' : `[${visibleText(subsystem)}]`,
    visibleText(text),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** Those of the numbers, a line each. */
export function copiedLines(book: LogBook, numbers: readonly number[]): string {
  return numbers
    .flatMap((number) => {
      const entry = book.entry(number)
      return entry && isLine(entry) ? [copiedLine(entry)] : []
    })
    .join('\n')
}
