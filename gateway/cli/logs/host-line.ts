import type { LogLine, WrittenLevel } from '../../../shared/log.ts'
import { type TimelineEntry, timelineEntrySchema } from '../../../shared/timeline.ts'
import { describeTimelineEntry } from '../../../shared/wording/describe-timeline.ts'

/** A line of the host's timeline as a line of a log; any other one as it is. */
export function hostLine(line: LogLine): LogLine {
  const entry = parseEntry(line.text)
  if (!entry) return line
  const { title, problem, facts } = describeTimelineEntry('en', entry)
  const evidence = facts.map(
    ({ key, value }) => `${key}=${typeof value === 'string' ? value : value.join(' | ')}`,
  )
  const why = problem ? `${problem.what} ${problem.why}`.replaceAll('`', '') : null
  const text = [why === null ? title : `${title}: ${why}`, ...evidence].join(' ')
  return { ...line, time: entry.at, level: levelOf(entry), subsystem: 'host', text }
}

function levelOf({ kind, problem }: TimelineEntry): WrittenLevel {
  if (/Failed$/.test(kind)) return 'error'
  return problem ? 'warn' : 'info'
}

function parseEntry(text: string): TimelineEntry | null {
  try {
    const entry = timelineEntrySchema.safeParse(JSON.parse(text))
    return entry.success ? entry.data : null
  } catch {
    return null
  }
}
