/** One file that makes up the configuration. */
export interface ConfigSource {
  readonly path: string
  readonly text: string
}

export type KeyPath = readonly (string | number)[]

/**
 * A value that remembers the file and the place it was written in, so that an issue found after
 * includes were merged still names its line.
 */
export type ConfigNode = { readonly source: ConfigSource; readonly at: KeyPath } & (
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, ConfigNode> }
  | { readonly kind: 'array'; readonly items: readonly ConfigNode[] }
  | { readonly kind: 'value'; readonly value: unknown }
)

export type ObjectNode = ConfigNode & { kind: 'object' }

/** `value` is what JSON5 returned; its depth was checked, so recursion is safe. */
export function treeOf(value: unknown, source: ConfigSource, at: KeyPath = []): ConfigNode {
  if (Array.isArray(value)) {
    return {
      kind: 'array',
      source,
      at,
      items: value.map((item, index) => treeOf(item, source, [...at, index])),
    }
  }
  if (typeof value === 'object' && value !== null) {
    const entries = new Map<string, ConfigNode>()
    for (const [key, item] of Object.entries(value)) {
      if (key !== '__proto__') entries.set(key, treeOf(item, source, [...at, key]))
    }
    return { kind: 'object', source, at, entries }
  }
  return { kind: 'value', source, at, value }
}

/** The node at `path`, or the nearest one above it: a missing key is reported where it belongs. */
export function nearestNode(root: ConfigNode, path: KeyPath): ConfigNode {
  let node = root
  for (const step of path) {
    const next =
      node.kind === 'object'
        ? node.entries.get(String(step))
        : node.kind === 'array'
          ? node.items[Number(step)]
          : undefined
    if (!next) break
    node = next
  }
  return node
}

/** `gateway.auth.token`, `channels.list[2].name`. */
export function dottedKey(path: KeyPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

const longestShown = 48

/** The same for a message, where what is too long for a name (a secret in the wrong place, perhaps) is cut short. */
export function shownKey(path: KeyPath): string {
  return dottedKey(
    path.map((step) =>
      typeof step === 'string' && step.length > longestShown ? `${step.slice(0, 8)}…` : step,
    ),
  )
}
