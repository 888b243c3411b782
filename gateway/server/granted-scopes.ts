import { type Scope, scopes } from '../../shared/protocol/scopes.ts'

/**
 * What a client that holds the secret may do: what it asks for, among the scopes there are. As in Moltbot,
 * one that asks for none is granted all; one that asks only for what does not exist, nothing.
 */
export function grantedScopes(asked: readonly string[] = []): ReadonlySet<Scope> {
  if (asked.length === 0) return new Set(['operator.admin'])
  return new Set(scopes.filter((scope) => asked.includes(scope)))
}
