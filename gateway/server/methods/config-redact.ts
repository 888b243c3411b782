import json5 from 'json5'
import type { KeyPath } from '../../../host/config/config-tree.ts'
import type { ConfigState } from '../../../host/config/edit/config-state.ts'
import { hidesSecret, mapLeaves } from '../../../host/config/edit/mask-values.ts'
import { type Place, type PlacedNode, placeJson5 } from '../../../host/config/edit/place-json5.ts'
import { plainValue } from '../../../host/config/edit/plain-value.ts'
import { createRedactor } from '../../log/redact.ts'

/** Stands where a secret is, in whatever leaves this process; where it comes back, the secret is meant. */
export const hiddenSign = '__MOLTBOT_REDACTED__'

/** A configuration's text without its secrets and these, also those in comments; `${NAME}` stays. */
export function redactText(text: string, secrets: readonly string[]): string {
  if (text.trim() === '') return text
  const { root, comments } = placeJson5(text)
  const isHidden = hiding(secrets)
  const hidden: (Place & { readonly by: string })[] = []
  for (const { path, node } of leavesIn(root)) {
    const value: unknown = json5.parse(text.slice(node.start, node.end))
    if (isHidden(path, value))
      hidden.push({ start: node.start, end: node.end, by: JSON.stringify(hiddenSign) })
  }
  for (const comment of redactedComments(text, comments, secrets)) {
    const isBlock = text.startsWith('/*', comment.start)
    hidden.push({ ...comment, by: isBlock ? `/* ${hiddenSign} */` : `// ${hiddenSign}` })
  }
  return withReplaced(text, hidden)
}

/** The same of a plain value. */
export function redactValue(value: unknown, secrets: readonly string[]): unknown {
  const isHidden = hiding(secrets)
  return mapLeaves(value, (leaf, path) => (isHidden(path, leaf) ? hiddenSign : leaf))
}

/** A secret by its key, or one that a key has, anywhere else. */
function hiding(secrets: readonly string[]): (path: KeyPath, leaf: unknown) => boolean {
  return (path, leaf) =>
    hidesSecret(path, leaf) || (typeof leaf === 'string' && secrets.some((secret) => leaf.includes(secret)))
}

/** Comments that repeat a secret, or look as if they held one. */
export function redactedComments(
  text: string,
  comments: readonly Place[],
  secrets: readonly string[],
): Place[] {
  const redactor = createRedactor({ secrets: [...secrets], patterns: [], usesPatterns: true })
  return comments.filter(({ start, end }) => {
    const comment = text.slice(start, end)
    return redactor.text(comment) !== comment || bareMember.test(comment)
  })
}

/** `token: "…"` that has been put out of use. */
const bareMember = /(?:token|password|passwd|passphrase|secret|api[-_]?key)["']?\s*[:=]\s*["']?[^\s"'$]/i

/** What the keys of secrets hold in the first file, in the included ones, and, where they refer to it, in force. */
export function secretsOf({ text, tree, loaded }: ConfigState): readonly string[] {
  const secrets = new Set<string>()
  const own: unknown = text === null || text.trim() === '' ? {} : parsed(text)
  for (const value of [own, tree.ok ? plainValue(tree.root) : {}, loaded.ok ? loaded.config : {}]) {
    mapLeaves(value, (leaf, path) => {
      if (hidesSecret(path, leaf) && String(leaf).length >= leastLength) secrets.add(String(leaf))
      return leaf
    })
  }
  return [...secrets]
}

function parsed(text: string): unknown {
  try {
    return json5.parse(text)
  } catch {
    return {} // shown to nobody either
  }
}

/** A shorter one stands in too many innocent words. */
const leastLength = 6

export function* leavesIn(
  node: PlacedNode,
  path: KeyPath = [],
): Generator<{ readonly path: KeyPath; readonly node: PlacedNode }> {
  if (node.kind === 'value') yield { path, node }
  else if (node.kind === 'object') {
    for (const { name, value } of node.members) yield* leavesIn(value, [...path, name])
  } else for (const [index, item] of node.items.entries()) yield* leavesIn(item, [...path, index])
}

export function withReplaced(text: string, places: readonly (Place & { readonly by: string })[]): string {
  let result = ''
  let at = 0
  for (const { start, end, by } of places.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(at, start) + by
    at = end
  }
  return result + text.slice(at)
}
