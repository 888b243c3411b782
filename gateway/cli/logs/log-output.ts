import type { LogLine } from '../../../shared/log.ts'
import type { Problem } from '../../../shared/problem.ts'
import { escapeControls } from '../../../shared/wording/escape-controls.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import type { PipeEnd } from './pipe-end.ts'

/** What a script may branch on; the text beside it is for people. */
export type NoticeCode = 'NO_LOG' | 'SEARCH_BOUNDED' | 'LOG_RESTARTED' | 'LOG_SKIPPED'

export interface LogOutput {
  /** Said first, and again where the log goes on in another file. */
  file(path: string): Promise<void>
  lines(lines: readonly LogLine[]): Promise<void>
  notice(code: NoticeCode, message: string): Promise<void>
  /** What stands in the way; with `isFatal` nothing follows. */
  problem(found: Problem, isFatal: boolean): Promise<void>
}

interface OutputParts {
  readonly stdout: PipeEnd
  readonly stderr: PipeEnd
  readonly hasColours: boolean
}

/** Lines to stdout, everything about them to stderr. */
export function plainOutput({ stdout, stderr, hasColours }: OutputParts): LogOutput {
  const toText = (line: LogLine) => `${lineText(line, hasColours)}\n`
  return {
    file: async () => {},
    lines: (lines) => stdout.write(lines.map(toText).join('')),
    notice: (_, message) => stderr.write(`${escapeControls(message)}\n`),
    problem: (found) => stderr.write(`${problemText(found)}\n`),
  }
}

/** One object a line, in the types of Moltbot's own `logs --json`. */
export function jsonOutput({ stdout }: Pick<OutputParts, 'stdout'>): LogOutput {
  // What JSON leaves as it is can still act on a terminal; escaped, it means the same to a parser.
  const toJson = (value: object) => `${escapeControls(JSON.stringify(value))}\n`
  return {
    file: (file) => stdout.write(toJson({ type: 'meta', file })),
    lines: (lines) => stdout.write(lines.map((line) => toJson(lineFacts(line))).join('')),
    notice: (code, message) => stdout.write(toJson({ type: 'notice', code, message })),
    problem: (found, isFatal) => {
      const { code, params } = found
      const type = isFatal ? 'error' : 'notice'
      return stdout.write(toJson({ type, code, params, message: problemText(found) }))
    },
  }
}

function lineFacts({ time, level, subsystem, text, cutBytes }: LogLine): object {
  const cut = cutBytes > 0 ? { cutBytes } : {}
  if (level === null && time === null) return { type: 'raw', raw: text, ...cut }
  const at = time === null ? {} : { time: new Date(time).toISOString() }
  return { type: 'log', ...at, level, subsystem, message: text, ...cut }
}

function lineText({ time, level, subsystem, text, cutBytes }: LogLine, hasColours: boolean): string {
  const paint = (code: number, part: string) => (hasColours ? `\u001b[${code}m${part}\u001b[0m` : part)
  const parts = [
    ...(time === null ? [] : [paint(2, localTime(new Date(time)))]),
    ...(level === null ? [] : [paint(colours[level], level.padEnd(5))]),
    ...(subsystem === null ? [] : [paint(2, escapeControls(subsystem))]),
    escapeControls(text),
    ...(cutBytes > 0 ? [paint(2, `… (${cutBytes} bytes more)`)] : []),
  ]
  return parts.join(' ')
}

const colours = { fatal: 31, error: 31, warn: 33, info: 36, debug: 2, trace: 2 } as const

function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
