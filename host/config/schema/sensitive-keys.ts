import type { KeyPath } from '../config-tree.ts'

/** The last part of a name says it: `botToken`, `appPassword`, `apiKey`, `gateway.auth.token`. */
const secretName =
  /(?:^|[a-z_-])(?:token|password|passwd|passphrase|secret|api[-_]?key|private[-_]?key|credentials?)$/i
/** Of those, what is no secret: counts of tokens, and what names a place. */
const harmlessName = /(?:tokens|max.*token|file|path|dir)$/i
/** Objects whose every value is one: variables, and headers that are sent along. */
const secretParents = new Set(['env', 'vars', 'headers'])
/** Members of `env` that are no variables. */
const notVariables = new Set(['shellEnv', 'vars'])

/**
 * Whether the value at `path` is to be kept from whoever only looks: by its name (`token`, `password`, `secret`,
 * `apiKey`, also as the end of a longer one), or as a member of `env`, `env.vars` or `headers`.
 */
export function isSensitiveKey(path: KeyPath): boolean {
  const names = path.filter((step) => typeof step === 'string')
  const last = names.at(-1)
  if (last === undefined) return false
  if (secretName.test(last) && !harmlessName.test(last)) return true
  const parents = names.slice(0, -1)
  const at = parents.findLastIndex((name) => secretParents.has(name))
  if (at < 0) return false
  const member = names[at + 1] ?? ''
  return !(parents[at] === 'env' && notVariables.has(member))
}
