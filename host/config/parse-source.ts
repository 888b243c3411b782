import json5 from 'json5'
import type { Problem } from '../../shared/problem.ts'
import { type ConfigNode, type ConfigSource, treeOf } from './config-tree.ts'
import { excessOf } from './excess-of.ts'
import { expectedThere } from './expected-there.ts'
import { positionOf } from './locate.ts'

/** More than any configuration has, and few enough that every recursion over it is safe, and every list of mistakes. */
const limits = { levels: 64, values: 10_000 }

export type ParsedSource =
  | { readonly ok: true; readonly root: ConfigNode }
  | ({ readonly ok: false } & Problem)

export function parseSource(source: ConfigSource): ParsedSource {
  if (source.text.trim() === '') return { ok: true, root: treeOf({}, source) }
  const detail = excessOf(source.text, limits)
  if (detail !== null) {
    return { ok: false, code: 'CONFIG_REFUSED', params: { path: source.path, detail } }
  }
  let value: unknown
  try {
    value = json5.parse(source.text)
  } catch (error) {
    return syntaxProblem(source, error)
  }
  return { ok: true, root: treeOf(value, source) }
}

/** JSON5 adds the position to its errors and repeats it at the end of the message. */
interface Json5Error extends SyntaxError {
  readonly lineNumber: number
  readonly columnNumber: number
}

function syntaxProblem({ path, text }: ConfigSource, error: unknown): ParsedSource {
  if (!(error instanceof SyntaxError) || !('lineNumber' in error)) {
    return { ok: false, code: 'CONFIG_REFUSED', params: { path, detail: String(error) } }
  }
  const { lineNumber, columnNumber, message } = error as Json5Error
  const offset = offsetOf(text, lineNumber, columnNumber)
  const { line, column } = positionOf(text, offset)
  const found = message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, '')
  // A character of a secret that lost its quote is still one of a secret.
  const said = wordsOf(found)
  const expected = expectedThere(text, offset)
  const detail = expected === '' ? said : `${said}; expected ${expected}`
  return { ok: false, code: 'CONFIG_SYNTAX', params: { path, line, column, detail } }
}

function wordsOf(found: string): string {
  if (found.startsWith('invalid character')) return 'what stands there is not expected'
  return found === 'invalid end of input' ? 'the file ends there' : found
}

/** The parser counts characters, and lines by line feeds alone. */
function offsetOf(text: string, line: number, column: number): number {
  let offset = 0
  for (let at = 1; at < line; at += 1) offset = text.indexOf('\n', offset) + 1
  // A line that ended too early counts as the next one, before its first character.
  return Math.max(0, offset + column - 1)
}
