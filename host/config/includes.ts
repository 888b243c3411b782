import { realpath } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import { type ConfigIssue, invalid } from './config-issue.ts'
import { type ConfigNode, type ConfigSource, type KeyPath, type ObjectNode, treeOf } from './config-tree.ts'
import { parseSource } from './parse-source.ts'
import type { ReadFile } from './read-text-file.ts'

const includeKey = '$include'
const maxDepth = 10
/** Ten levels of arrays could name millions of files. */
const maxFiles = 64
/** In all files together, each counted as often as it is included. */
const maxValues = 20_000

export interface ResolvedIncludes {
  /** Without what could not be included. */
  readonly root: ConfigNode
  /** The files that were read, the first one first. */
  readonly sources: readonly ConfigSource[]
  /** One for each file that could not be included. */
  readonly problems: readonly Problem[]
}

/**
 * Replaces every `{ $include: "file" | ["file", …], …siblings }` by the files' values, merged in order,
 * with the siblings over them. Objects merge, arrays concatenate, anything else is replaced.
 * Files are relative to the one that names them and stay inside the folder of the first.
 */
export async function resolveIncludes(root: ConfigNode, read: ReadFile): Promise<ResolvedIncludes> {
  const { path } = root.source
  try {
    const [base, first] = [await realpath(dirname(path)), await realpath(path)]
    const resolution = new Resolution(base, root, read)
    const resolved = (await resolution.resolveNode(root, [], [first])) ?? treeOf({}, root.source)
    return { root: resolved, sources: resolution.sources, problems: resolution.problems }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (!code) throw error
    return { root, sources: [root.source], problems: [problem('CONFIG_UNREADABLE', { path, detail: code })] }
  }
}

class Resolution {
  readonly sources: ConfigSource[]
  readonly problems: Problem[] = []
  private values: number
  private readonly base: string
  private readonly read: ReadFile
  constructor(base: string, first: ConfigNode, read: ReadFile) {
    this.base = base
    this.sources = [first.source]
    this.values = countValues(first)
    this.read = read
  }

  /**
   * `chain` holds the real paths of the files being read, outermost first. Null where nothing of a file that was
   * to stand here could be had: its place is left out, so that its absence is the only thing told of it.
   */
  async resolveNode(node: ConfigNode, key: KeyPath, chain: readonly string[]): Promise<ConfigNode | null> {
    if (node.kind === 'array') {
      const items: ConfigNode[] = []
      for (const [index, item] of node.items.entries()) {
        const resolved = await this.resolveNode(item, [...key, index], chain)
        if (resolved) items.push(resolved)
      }
      return { ...node, items }
    }
    if (node.kind !== 'object') return node
    const entries = new Map<string, ConfigNode>()
    for (const [name, item] of node.entries) {
      const resolved = name === includeKey ? null : await this.resolveNode(item, [...key, name], chain)
      if (resolved) entries.set(name, resolved)
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
  ): Promise<ConfigNode | null> {
    let result: ConfigNode | null = null
    const items = include.kind === 'array' ? include.items : [include]
    for (const item of items) {
      const included = await this.readIncluded(item, key, chain)
      if (included) result = result ? merge(result, included) : included
    }
    if (siblings.entries.size === 0) return result ?? (items.length === 0 ? siblings : null)
    if (!result) return siblings
    if (result.kind !== 'object') {
      return this.refuse({
        node: include,
        key: [...key, includeKey],
        detail: 'the included file must hold an object where other keys stand beside $include',
      })
    }
    return merge(result, siblings)
  }

  private async readIncluded(
    item: ConfigNode,
    key: KeyPath,
    chain: readonly string[],
  ): Promise<ConfigNode | null> {
    const here = (detail: string): Promise<null> =>
      this.refuse({ node: item, key: [...key, includeKey], detail })
    if (item.kind !== 'value' || typeof item.value !== 'string' || item.value === '') {
      return here('must be the name of a file or a list of names')
    }
    if (chain.length > maxDepth) return here(`includes nest more than ${maxDepth} files deep`)
    if (this.sources.length >= maxFiles) return here(`more than ${maxFiles} files are included`)
    if (this.problems.length >= maxFiles || this.values > maxValues) return null // was told already
    const path = resolve(dirname(item.source.path), item.value)
    const real = await realpath(path).catch(() => null)
    if (!real) {
      // Whoever follows the files has to know the name of one that may come.
      if (path.startsWith(this.base + sep)) await this.read(path)
      return here('the file does not exist or cannot be reached')
    }
    if (!real.startsWith(this.base + sep))
      return here('the file lies outside the folder of the configuration')
    if (chain.includes(real)) return here('the file includes itself')
    const file = await this.read(real)
    if (!file.ok) return this.refused(file)
    if (file.text === null) return here('the file does not exist')
    const source: ConfigSource = { path, text: file.text }
    this.sources.push(source)
    const parsed = parseSource(source)
    if (!parsed.ok) return this.refused(parsed)
    this.values += countValues(parsed.root)
    if (this.values > maxValues) return here(`with this file there are more than ${maxValues} values`)
    return this.resolveNode(parsed.root, key, [...chain, real])
  }

  private async refuse(issue: ConfigIssue): Promise<null> {
    return this.refused(await invalid(issue))
  }

  private refused({ code, params }: Problem): null {
    this.problems.push({ code, params } as Problem)
    return null
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

function countValues(node: ConfigNode): number {
  let count = 1
  const parts = node.kind === 'object' ? node.entries.values() : node.kind === 'array' ? node.items : []
  for (const part of parts) count += countValues(part)
  return count
}
