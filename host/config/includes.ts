import { realpath } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import type { Problem } from '../../shared/problem.ts'
import { type ConfigIssue, invalid } from './config-issue.ts'
import type { ConfigNode, ConfigSource, KeyPath, ObjectNode } from './config-tree.ts'
import { parseSource } from './parse-source.ts'
import { readTextFile } from './read-text-file.ts'

const includeKey = '$include'
const maxDepth = 10
/** Ten levels of arrays could name millions of files. */
const maxFiles = 64

export type ResolvedIncludes =
  | { readonly ok: true; readonly root: ConfigNode; readonly sources: readonly string[] }
  | ({ readonly ok: false } & Problem)

/**
 * Replaces every `{ $include: "file" | ["file", …], …siblings }` by the files' values, merged in order,
 * with the siblings over them. Objects merge, arrays concatenate, anything else is replaced.
 * Files are relative to the one that names them and stay inside the folder of the first.
 */
export async function resolveIncludes(root: ConfigNode): Promise<ResolvedIncludes> {
  const sources = [root.source.path]
  try {
    const base = await realpath(dirname(root.source.path))
    const first = await realpath(root.source.path)
    const resolved = await new Resolution(base, sources).resolveNode(root, [], [first])
    return { ok: true, root: resolved, sources }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, ...error.problem }
    const { code } = error as NodeJS.ErrnoException
    if (code)
      return { ok: false, code: 'CONFIG_UNREADABLE', params: { path: root.source.path, detail: code } }
    throw error
  }
}

/** Leaves the recursion at the first problem; never leaves this file. */
class Refusal extends Error {
  readonly problem: Problem
  constructor(found: Problem) {
    super(found.code)
    this.problem = found
  }
}

class Resolution {
  private readonly base: string
  private readonly sources: string[]
  constructor(base: string, sources: string[]) {
    this.base = base
    this.sources = sources
  }

  /** `chain` holds the real paths of the files being read, outermost first. */
  async resolveNode(node: ConfigNode, key: KeyPath, chain: readonly string[]): Promise<ConfigNode> {
    if (node.kind === 'array') {
      const items: ConfigNode[] = []
      for (const [index, item] of node.items.entries()) {
        items.push(await this.resolveNode(item, [...key, index], chain))
      }
      return { ...node, items }
    }
    if (node.kind !== 'object') return node
    const entries = new Map<string, ConfigNode>()
    for (const [name, item] of node.entries) {
      if (name !== includeKey) entries.set(name, await this.resolveNode(item, [...key, name], chain))
    }
    const siblings: ObjectNode = { ...node, entries }
    const include = node.entries.get(includeKey)
    if (!include) return siblings
    return this.merged(include, siblings, key, chain)
  }

  private async merged(
    include: ConfigNode,
    siblings: ObjectNode,
    key: KeyPath,
    chain: readonly string[],
  ): Promise<ConfigNode> {
    let result: ConfigNode | null = null
    for (const item of include.kind === 'array' ? include.items : [include]) {
      const included = await this.readIncluded(item, key, chain)
      result = result ? merge(result, included) : included
    }
    if (!result) return siblings
    if (siblings.entries.size === 0) return result
    if (result.kind !== 'object') {
      return this.refuse({
        node: include,
        key: [...key, includeKey],
        detail: 'the included file must hold an object where other keys stand beside $include',
      })
    }
    return merge(result, siblings)
  }

  private async readIncluded(item: ConfigNode, key: KeyPath, chain: readonly string[]): Promise<ConfigNode> {
    const here = (detail: string): Promise<never> =>
      this.refuse({ node: item, key: [...key, includeKey], detail })
    if (item.kind !== 'value' || typeof item.value !== 'string' || item.value === '') {
      return here('must be the name of a file or a list of names')
    }
    if (chain.length > maxDepth) return here(`includes nest more than ${maxDepth} files deep`)
    if (this.sources.length >= maxFiles) return here(`more than ${maxFiles} files are included`)
    const path = resolve(dirname(item.source.path), item.value)
    const real = await realpath(path).catch(() => null)
    if (!real) return here('the file does not exist or cannot be reached')
    if (!real.startsWith(this.base + sep))
      return here('the file lies outside the folder of the configuration')
    if (chain.includes(real)) return here('the file includes itself')
    const file = await readTextFile(real)
    if (!file.ok) throw new Refusal(file)
    if (file.text === null) return here('the file does not exist')
    const source: ConfigSource = { path, text: file.text }
    this.sources.push(path)
    const parsed = parseSource(source)
    if (!parsed.ok) throw new Refusal(parsed)
    return this.resolveNode(parsed.root, key, [...chain, real])
  }

  private async refuse(issue: ConfigIssue): Promise<never> {
    throw new Refusal(await invalid(issue))
  }
}

function merge(under: ConfigNode, over: ConfigNode): ConfigNode {
  if (under.kind === 'array' && over.kind === 'array') {
    return { ...over, items: [...under.items, ...over.items] }
  }
  if (under.kind !== 'object' || over.kind !== 'object') return over
  const entries = new Map(under.entries)
  for (const [key, item] of over.entries) {
    const below = entries.get(key)
    entries.set(key, below ? merge(below, item) : item)
  }
  return { ...over, entries }
}
