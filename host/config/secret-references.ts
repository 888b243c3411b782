import { type ConfigNode, dottedKey, type KeyPath } from './config-tree.ts'
import { readConfigTree } from './load-config.ts'
import type { StatePaths } from './state-paths.ts'
import { referencesIn } from './substitute.ts'

/** Each name that the configuration refers to as `${NAME}`, and the keys that do. */
export type SecretReferences = ReadonlyMap<string, readonly string[]>

/**
 * Reads the configuration with its includes. Empty where there is none, or it cannot be read: the gateway's
 * start says why.
 */
export async function referencedSecrets(paths: StatePaths): Promise<SecretReferences> {
  const tree = await readConfigTree(paths.configPath)
  const found = new Map<string, string[]>()
  if (tree.ok) collect(tree.root, [], found)
  return found
}

function collect(node: ConfigNode, key: KeyPath, found: Map<string, string[]>): void {
  if (node.kind === 'array') node.items.forEach((item, index) => void collect(item, [...key, index], found))
  else if (node.kind === 'object') {
    for (const [name, item] of node.entries) collect(item, [...key, name], found)
  } else if (typeof node.value === 'string') {
    for (const name of new Set(referencesIn(node.value))) {
      found.set(name, [...(found.get(name) ?? []), dottedKey(key)])
    }
  }
}
