import { createContext, Script } from 'node:vm'
import type { LogLine } from '../../../shared/log.ts'

/** Which of the lines are wanted. Throws {@link PatternTooSlow}. */
export type LineFilter = (lines: readonly LogLine[]) => LogLine[]

export class PatternTooSlow extends Error {}

const gravestFirst: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace']
/** For the lines of one answer; a pattern that is no trap takes a few milliseconds. */
const patternLimitMs = 2_000
const maxTestedChars = 16 * 1024

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly detail: string }

/** A line without a level is never left out for its level: it may be the last word of a crash. */
export function parseLevel(text: string): Parsed<(line: LogLine) => boolean> {
  const rank = gravestFirst.indexOf(text.toLowerCase())
  if (rank === -1) return { ok: false, detail: `--level must be one of ${gravestFirst.join(', ')}` }
  return { ok: true, value: ({ level }) => level === null || gravestFirst.indexOf(level) <= rank }
}

/** `/text/flags` is a regular expression; anything else, as `/tmp/moltbot`, is looked for as it is, whatever its case. */
export function parseGrep(text: string): Parsed<LineFilter> {
  const [, body, flags = ''] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text) ?? []
  if (body === undefined) return { ok: true, value: containing(text.toLowerCase()) }
  try {
    // Neither may change what a line is: it is found or not.
    return { ok: true, value: matching(new RegExp(body, flags.replace(/[gy]/g, ''))) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, detail: `--grep: ${detail}. Without slashes around it, the text is taken as it is` }
  }
}

function containing(wanted: string): LineFilter {
  const has = (text: string | null) => text?.toLowerCase().includes(wanted)
  return (lines) => lines.filter(({ text, subsystem }) => has(text) || has(subsystem))
}

/** Some patterns take longer than the universe lasts: V8 ends them for us, also within one line. */
function matching(pattern: RegExp): LineFilter {
  const script = new Script('texts.map((text) => pattern.test(text))')
  return (lines) => {
    const texts = lines.flatMap(({ text, subsystem }) => [text.slice(0, maxTestedChars), subsystem ?? ''])
    try {
      const found: boolean[] = script.runInContext(createContext({ pattern, texts }), {
        timeout: patternLimitMs,
      })
      return lines.filter((_, index) => found[2 * index] || found[2 * index + 1])
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      throw new PatternTooSlow()
    }
  }
}
