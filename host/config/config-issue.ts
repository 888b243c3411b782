import type { Problem } from '../../shared/problem.ts'
import { type ConfigNode, dottedKey, type KeyPath, nearestNode } from './config-tree.ts'
import { locate } from './locate.ts'

/** Something wrong at one place of the merged configuration; `detail` never repeats the value. */
export interface ConfigIssue {
  readonly node: ConfigNode
  readonly key: KeyPath
  readonly detail: string
}

export interface LocatedIssue {
  readonly path: string
  readonly key: string
  readonly line: number
  readonly column: number
  readonly detail: string
}

export function issueAt(root: ConfigNode, key: KeyPath, detail: string): ConfigIssue {
  return { node: nearestNode(root, key), key, detail }
}

export async function locateIssue({ node, key, detail }: ConfigIssue): Promise<LocatedIssue> {
  const { line, column } = await locate(node.source, node.at)
  return { path: node.source.path, key: dottedKey(key) || '(whole file)', line, column, detail }
}

/** A person corrects a few at a time; a file of mistakes must not take minutes to report. */
const maxLocated = 20

export function locateIssues(issues: readonly ConfigIssue[]): Promise<LocatedIssue[]> {
  return Promise.all(issues.slice(0, maxLocated).map(locateIssue))
}

export async function invalid(issue: ConfigIssue): Promise<{ ok: false } & Problem<'CONFIG_INVALID'>> {
  return { ok: false, code: 'CONFIG_INVALID', params: await locateIssue(issue) }
}
