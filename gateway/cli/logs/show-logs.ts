import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import type { LogsOptions } from '../commands/logs.ts'
import { tellUsage } from '../tell.ts'
import { type FoundLog, findLog } from './find-log.ts'
import { followLog } from './follow-log.ts'
import { type LineFilter, PatternTooSlow, parseGrep, parseLevel } from './line-filter.ts'
import { jsonOutput, type LogOutput, plainOutput } from './log-output.ts'
import { openPipeEnd, type PipeEnd } from './pipe-end.ts'
import { readLast } from './read-last.ts'

const defaultTail = 200
const maxTail = 100_000

/** Shows the end of the log, and goes on where that is asked for; resolves to the exit code. */
export async function showLogs(options: LogsOptions): Promise<number> {
  const query = parseQuery(options)
  if (!query.ok) {
    tellUsage(query.detail)
    return exitCode.wrongUsage
  }
  const stdout = openPipeEnd(process.stdout)
  const stderr = openPipeEnd(process.stderr)
  const output = options.json
    ? jsonOutput({ stdout })
    : plainOutput({ stdout, stderr, hasColours: hasColours(options) })
  const log = await findLog(process.env)
  if (log.problem) await output.problem(log.problem, false)
  try {
    const code = await show({ ...query, log, output, stdout, follow: options.follow === true })
    return stdout.isBroken && (await stdout.broken) !== 'EPIPE' ? exitCode.failed : code
  } catch (error) {
    if (!(error instanceof PatternTooSlow)) throw error
    await stderr.write('The pattern of --grep takes too long on this log. Simplify it, or use plain text.\n')
    return exitCode.failed
  }
}

interface Showing {
  readonly tail: number
  readonly filter: LineFilter | null
  readonly follow: boolean
  readonly log: FoundLog
  readonly output: LogOutput
  readonly stdout: PipeEnd
}

async function show({ tail, filter, follow, log, output, stdout }: Showing): Promise<number> {
  const path = log.path()
  const { lines, newest, searchedBytes } = await readLast(path, tail, filter)
  if (newest.trouble !== null) {
    await output.problem(problem('LOG_UNREADABLE', { path, detail: newest.trouble }), true)
    return exitCode.failed
  }
  await output.file(newest.path)
  if (newest.inode === 0) await output.notice('NO_LOG', noLogText(path))
  if (searchedBytes !== null) await output.notice('SEARCH_BOUNDED', boundedText(searchedBytes))
  await output.lines(lines)
  if (!follow || stdout.isBroken) return exitCode.done
  const enough = Promise.race([stdout.broken, untilSignal()])
  await followLog({ path: log.path, from: newest.next, file: newest.path, filter, output, enough })
  return exitCode.done
}

type Query =
  | { readonly ok: true; readonly tail: number; readonly filter: LineFilter | null }
  | { readonly ok: false; readonly detail: string }

function parseQuery({ tail, limit, level, grep }: LogsOptions): Query {
  const [name, count] = tail === undefined ? ['--limit', limit] : ['--tail', tail]
  const wanted = count === undefined ? defaultTail : /^\d{1,6}$/.test(count) ? Number(count) : Infinity
  if (wanted > maxTail) return { ok: false, detail: `${name} must be a whole number from 0 to ${maxTail}` }
  const graver = level === undefined ? null : parseLevel(level)
  if (graver?.ok === false) return graver
  const found = grep === undefined ? null : parseGrep(grep)
  if (found?.ok === false) return found
  const filter: LineFilter = (lines) => {
    const grave = graver ? lines.filter(graver.value) : [...lines]
    return found ? found.value(grave) : grave
  }
  return { ok: true, tail: wanted, filter: graver || found ? filter : null }
}

function hasColours({ color }: LogsOptions): boolean {
  return color && process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function noLogText(path: string): string {
  return `There is no log yet. The gateway writes it to ${path} once it runs; start it with: moltbot service start`
}

function boundedText(bytes: number): string {
  return `Only the last ${formatBytes(bytes)} of the log were searched.`
}
