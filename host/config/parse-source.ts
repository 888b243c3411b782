import json5 from 'json5'
import type { Problem } from '../../shared/problem.ts'
import { type ConfigNode, type ConfigSource, treeOf } from './config-tree.ts'

/** Deeper than any configuration, and shallow enough that every recursion over it is safe. */
const maxDepth = 64

export type ParsedSource =
  | { readonly ok: true; readonly root: ConfigNode }
  | ({ readonly ok: false } & Problem)

export function parseSource(source: ConfigSource): ParsedSource {
  if (source.text.trim() === '') return { ok: true, root: treeOf({}, source) }
  let value: unknown
  try {
    value = json5.parse(source.text)
  } catch (error) {
    return syntaxProblem(source.path, error)
  }
  if (isDeeperThan(value, maxDepth)) {
    const detail = `it nests more than ${maxDepth} levels deep`
    return { ok: false, code: 'CONFIG_REFUSED', params: { path: source.path, detail } }
  }
  return { ok: true, root: treeOf(value, source) }
}

/** JSON5 adds the position to its errors and repeats it at the end of the message. */
interface Json5Error extends SyntaxError {
  readonly lineNumber: number
  readonly columnNumber: number
}

function syntaxProblem(path: string, error: unknown): ParsedSource {
  if (!(error instanceof SyntaxError) || !('lineNumber' in error)) {
    return { ok: false, code: 'CONFIG_REFUSED', params: { path, detail: String(error) } }
  }
  const { lineNumber: line, columnNumber: column, message } = error as Json5Error
  const detail = message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, '')
  return { ok: false, code: 'CONFIG_SYNTAX', params: { path, line, column, detail } }
}

/** By level and not by recursion: 200,000 nested brackets must not end the process. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    const below: unknown[] = []
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      for (const child of Object.values(item)) below.push(child)
    }
    level = below
  }
  return false
}
