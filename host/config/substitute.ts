import type { ConfigIssue } from './config-issue.ts'
import type { ConfigNode, KeyPath } from './config-tree.ts'

export type Lookup = (name: string) => string | undefined

/** `${NAME}`; a doubled dollar sign keeps it as text. Names are uppercase, digits and underscore. */
const reference = /\$(\$)?\{([A-Z_][A-Z0-9_]*)\}/g

export interface Substituted {
  readonly value: unknown
  readonly issues: readonly ConfigIssue[]
}

/** The plain value of the tree with every reference replaced; a missing or empty one is an issue. */
export function substitute(node: ConfigNode, lookup: Lookup, key: KeyPath = []): Substituted {
  const issues: ConfigIssue[] = []
  return { value: plain(node, lookup, key, issues), issues }
}

/** The names a text refers to, as often as it does. */
export function referencesIn(text: string): string[] {
  return [...text.matchAll(reference)].flatMap(([, escaped, name]) => (escaped || !name ? [] : [name]))
}

function plain(node: ConfigNode, lookup: Lookup, key: KeyPath, issues: ConfigIssue[]): unknown {
  if (node.kind === 'array') {
    return node.items.map((item, index) => plain(item, lookup, [...key, index], issues))
  }
  if (node.kind === 'object') {
    // Not by assignment, which would take a key `__proto__` for the prototype.
    return Object.fromEntries(
      [...node.entries].map(([name, item]) => [name, plain(item, lookup, [...key, name], issues)]),
    )
  }
  if (typeof node.value !== 'string') return node.value
  return node.value.replace(reference, (written, escaped: string | undefined, name: string) => {
    if (escaped) return written.slice(1)
    const value = lookup(name)
    if (!value) issues.push({ node, key, detail: missing(name) })
    return value ?? ''
  })
}

function missing(name: string): string {
  return `the environment variable ${name} is not set; keep its value with: moltbot secrets set ${name}`
}
