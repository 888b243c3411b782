import type { Problem } from '../../shared/problem.ts'
import { type ConfigNode, type KeyPath, nearestNode, shownKey } from './config-tree.ts'
import { locate } from './locate.ts'
import type { SchemaIssue } from './schema/explain-issues.ts'

/** Something wrong at one place of the merged configuration; `detail` never repeats the value. */
export interface ConfigIssue extends SchemaIssue {
  readonly node: ConfigNode
}

export interface LocatedIssue {
  readonly path: string
  readonly key: string
  readonly line: number
  readonly column: number
  readonly detail: string
  /** The key or value that was probably meant. */
  readonly suggestion?: string
}

export function issueAt(root: ConfigNode, key: KeyPath, detail: string): ConfigIssue {
  return { node: nearestNode(root, key), key, detail }
}

export async function locateIssue({ node, key, detail, suggestion }: ConfigIssue): Promise<LocatedIssue> {
  const { line, column } = locate(node.source, node.at)
  const issue = { path: node.source.path, key: shownKey(key) || '(whole file)', line, column, detail }
  return suggestion === undefined ? issue : { ...issue, suggestion }
}

/** A person corrects a few at a time; a file of mistakes must not take minutes to report. */
export const maxLocated = 20

export function locateIssues(issues: readonly ConfigIssue[]): Promise<LocatedIssue[]> {
  return Promise.all(issues.slice(0, maxLocated).map(locateIssue))
}

export async function invalid(issue: ConfigIssue): Promise<{ ok: false } & Problem<'CONFIG_INVALID'>> {
  return { ok: false, code: 'CONFIG_INVALID', params: await locateIssue(issue) }
}
