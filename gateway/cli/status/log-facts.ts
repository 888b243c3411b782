import type { LogLine } from '../../../shared/log.ts'
import { findLog } from '../logs/find-log.ts'
import { readLast } from '../logs/read-last.ts'
import type { LogFacts } from './status-facts.ts'

const searchedBytes = 2 * 1024 * 1024

/** Where the log is, the last error in it, and its last `tailLines` lines. */
export async function logFacts(tailLines: number): Promise<LogFacts> {
  const path = (await findLog(process.env, 'gateway')).path()
  const query = { since: null, maxBytes: searchedBytes }
  const [errors, tail] = await Promise.all([
    readLast(path, { ...query, wanted: 1, filter: (lines) => lines.filter(isError) }),
    readLast(path, { ...query, wanted: tailLines, filter: null }),
  ])
  return { path, lastError: errors.lines.at(-1) ?? null, tail: tail.lines }
}

function isError({ level }: LogLine): boolean {
  return level === 'error' || level === 'fatal'
}
