import type { Environment } from './state-paths.ts'

/**
 * The environment that `${NAME}` sees: what the process was started with, then the store's values. A value
 * that is empty in the environment counts as none, as everywhere.
 */
export function withSecrets(env: Environment, values: Readonly<Record<string, string>>): Environment {
  const merged: Record<string, string | undefined> = { ...env }
  for (const [name, value] of Object.entries(values)) if (!env[name]) merged[name] = value
  return merged
}

/** As if each of these names had a value: for questions whose answer is not the value itself. */
export function withSecretNames(env: Environment, names: readonly string[]): Environment {
  return withSecrets(env, Object.fromEntries(names.map((name) => [name, 'kept in the store'])))
}
