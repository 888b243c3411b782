import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import { hasColours } from '../colours.ts'
import type { LogSource, LogsOptions } from '../commands/logs.ts'
import { tellUsage } from '../tell.ts'
import { type FoundLog, findLog } from './find-log.ts'
import { followLog } from './follow-log.ts'
import { PatternTooSlow } from './line-filter.ts'
import { jsonOutput, type LogOutput, plainOutput } from './log-output.ts'
import { type LogQuery, parseQuery } from './parse-query.ts'
import { openPipeEnd, type PipeEnd } from './pipe-end.ts'
import { readParts } from './read-parts.ts'

/** Shows the end of the log, and goes on where that is asked for; resolves to the exit code. */
export async function showLogs(options: LogsOptions): Promise<number> {
  const { source } = options
  const translate = source === 'host' ? (await import('./host-line.ts')).hostLine : null
  const query = parseQuery(options, Date.now(), translate)
  if (!query.ok) {
    tellUsage(query.detail)
    return exitCode.wrongUsage
  }
  const stdout = openPipeEnd(process.stdout)
  const stderr = openPipeEnd(process.stderr)
  const isPainted = !options.plain && hasColours(process.stdout)
  const output = options.json
    ? jsonOutput({ stdout })
    : plainOutput({ stdout, stderr, hasColours: isPainted })
  const log = await findLog(process.env, source)
  if (log.problem) await output.problem(log.problem, false)
  try {
    const code = await show({ query, source, log, output, stdout, follow: options.follow === true })
    return stdout.isBroken && (await stdout.broken) !== 'EPIPE' ? exitCode.failed : code
  } catch (error) {
    if (!(error instanceof PatternTooSlow)) throw error
    await stderr.write('The pattern of --grep takes too long on this log. Simplify it, or use plain text.\n')
    return exitCode.failed
  }
}

interface Showing {
  readonly query: LogQuery
  readonly source: LogSource
  readonly follow: boolean
  readonly log: FoundLog
  readonly output: LogOutput
  readonly stdout: PipeEnd
}

async function show({ query, source, follow, log, output, stdout }: Showing): Promise<number> {
  const path = log.path()
  const { tail: wanted, filter } = query
  const { parts, newest, searchedBytes } = await readParts(path, { ...query, wanted })
  if (newest.trouble !== null) {
    await output.problem(problem('LOG_UNREADABLE', { path, detail: newest.trouble }), true)
    return exitCode.failed
  }
  if (newest.inode === 0) {
    await output.file(newest.path)
    await output.notice('NO_LOG', noLogText(source, path))
  }
  if (searchedBytes !== null) await output.notice('SEARCH_BOUNDED', boundedText(searchedBytes))
  for (const part of parts) {
    if (newest.inode !== 0 || part.lines.length > 0) await output.file(part.path)
    if (part.trouble !== null) {
      await output.problem(problem('LOG_UNREADABLE', { path: part.path, detail: part.trouble }), false)
    }
    await output.lines(part.lines)
  }
  if (!follow || stdout.isBroken) return exitCode.done
  const enough = Promise.race([stdout.broken, untilSignal()])
  const { intervalMs } = query
  await followLog({
    path: log.path,
    from: newest.next,
    file: newest.path,
    filter,
    output,
    enough,
    intervalMs,
  })
  return exitCode.done
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function noLogText(source: LogSource, path: string): string {
  const start = 'start it with: moltbot service start'
  switch (source) {
    case 'gateway':
      return `There is no log yet. The gateway writes it to ${path} once it runs; ${start}`
    case 'access':
      return `Nobody has connected yet. The gateway writes who does to ${path} once it runs; ${start}`
    case 'host':
      return `No host has run yet. It writes what it does and sees to ${path}; start one with: moltbot host`
  }
}

function boundedText(bytes: number): string {
  return `Only the last ${formatBytes(bytes)} of the log were searched.`
}
