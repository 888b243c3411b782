import type { ConfigNode, ConfigSource, KeyPath } from '../config-tree.ts'
import { locate } from '../locate.ts'
import { append, type KeyStep, writeKey } from './key-path.ts'

/** What is asked for: a value for a key, or that it is taken out. */
export interface ConfigEdit {
  readonly key: readonly KeyStep[]
  /** Undefined takes it out. */
  readonly value: unknown
}

export type PlannedEdit =
  | {
      readonly ok: true
      /** The file that says it, or is to say it, and the place in that file's text. */
      readonly source: ConfigSource
      readonly at: KeyPath
      /** The same in the merged configuration. */
      readonly key: KeyPath
      /** What is there now. */
      readonly there: ConfigNode | null
    }
  /** `isMissing`: what is to be taken out is not there. */
  | { readonly ok: false; readonly isMissing: boolean; readonly detail: string }

/** Editors of a text append at any index that is behind the end. */
const behindTheEnd = 1_000_000

/**
 * Finds the one file and place where an edit belongs: where the key is set, else where its nearest parent is.
 * Refuses what has no such place: a way through a text or number, an item that is not there, and what several
 * files say together.
 */
export async function planEdit(root: ConfigNode, { key: steps, value }: ConfigEdit): Promise<PlannedEdit> {
  const key: (string | number)[] = []
  let node = root
  for (const [depth, step] of steps.entries()) {
    const found = childOf(node, step)
    if (found.kind === 'none') return refuse(`${writeKey(key) || 'the whole'} ${found.detail}`)
    key.push(found.step)
    if (found.kind === 'child') {
      node = found.child
      continue
    }
    if (value === undefined) return { ok: false, isMissing: true, detail: `${writeKey(steps)} is not set` }
    const rest: (string | number)[] = []
    for (const more of steps.slice(depth + 1)) {
      if (typeof more === 'number' && more > 0)
        return refuse(`there is no list at ${writeKey([...key, ...rest])} yet`)
      rest.push(more === append ? 0 : more)
    }
    if ([...key, ...rest].includes('__proto__')) return refuse('__proto__ is no key')
    const last = node.kind === 'array' ? behindTheEnd : found.step
    const at = [...node.at, last, ...rest]
    return { ok: true, source: node.source, at, key: [...key, ...rest], there: null }
  }
  const other = foreignPart(node, node.source)
  if (other) {
    const [mine, theirs] = [await placeOf(node), await placeOf(other)]
    return refuse(
      `${writeKey(key)} is set in several files, at ${mine} and at ${theirs}; change them one by one`,
    )
  }
  if (node.at.length === 0 && value === undefined) {
    return refuse(`${writeKey(key)} is the whole of ${node.source.path}; take out the $include that names it`)
  }
  return { ok: true, source: node.source, at: node.at, key, there: node }
}

/** `moltbot.json:3`, for a person. */
export async function placeOf({ source, at }: ConfigNode): Promise<string> {
  const { line } = await locate(source, at)
  return `${source.path}, line ${line}`
}

type Child =
  | { readonly kind: 'child'; readonly step: string | number; readonly child: ConfigNode }
  | { readonly kind: 'missing'; readonly step: string | number }
  | { readonly kind: 'none'; readonly detail: string }

function childOf(node: ConfigNode, step: KeyStep): Child {
  if (node.kind === 'object') {
    if (step === append) return { kind: 'none', detail: 'is an object and not a list' }
    const child = node.entries.get(String(step))
    return child ? { kind: 'child', step: String(step), child } : { kind: 'missing', step: String(step) }
  }
  if (node.kind === 'value') return { kind: 'none', detail: 'is a single value, with nothing in it' }
  if (step === append) return { kind: 'missing', step: node.items.length }
  const index = typeof step === 'number' || /^\d{1,6}$/.test(step) ? Number(step) : null
  if (index === null) return { kind: 'none', detail: 'is a list: its items have numbers, as in [0]' }
  const child = node.items[index]
  if (child) return { kind: 'child', step: index, child }
  return { kind: 'none', detail: `is a list of ${node.items.length}; append to it with []` }
}

/** A part that another file says. */
function foreignPart(node: ConfigNode, source: ConfigSource): ConfigNode | null {
  if (node.source !== source) return node
  const parts = node.kind === 'object' ? node.entries.values() : node.kind === 'array' ? node.items : []
  for (const part of parts) {
    const found = foreignPart(part, source)
    if (found) return found
  }
  return null
}

function refuse(detail: string): PlannedEdit {
  return { ok: false, isMissing: false, detail }
}
