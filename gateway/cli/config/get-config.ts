import { type ConfigState, lookAtConfig } from '../../../host/config/edit/config-state.ts'
import { type KeyStep, writeKey } from '../../../host/config/edit/key-path.ts'
import { maskInForce, maskWritten } from '../../../host/config/edit/mask-values.ts'
import { plainValue } from '../../../host/config/edit/plain-value.ts'
import { isSensitiveKey } from '../../../host/config/schema/sensitive-keys.ts'
import { suggestKey } from '../../../host/config/schema/suggest-key.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { GetOptions } from '../commands/config.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { type OpenedConfig, openConfig, readKey } from './open-config.ts'

const sign = '********'

/** Shows a value of the configuration; resolves to the exit code. */
export async function getConfig(key: string | undefined, { raw, json }: GetOptions): Promise<number> {
  const isJson = json === true
  const steps = key === undefined ? [] : readKey(key, isJson)
  if (typeof steps === 'number') return steps
  const opened = await openConfig()
  const state = await lookAtConfig(opened)
  if (!state.ok) return failWith(state, isJson)
  const shown = raw ? written(state) : inForce(state, opened)
  if (!shown.ok) return failWith(shown, isJson)
  const value = pick(shown.value, steps)
  if (value === undefined) {
    failWith(notSet(steps), isJson)
    return exitCode.failed
  }
  if (isJson) sayJson(value)
  else if (typeof value === 'string') sayLine(value)
  else for (const line of JSON.stringify(value, null, 2).split('\n')) sayLine(line)
  return exitCode.done
}

type Shown = { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & Problem)

function written({ tree }: ConfigState): Shown {
  return tree.ok ? { ok: true, value: maskWritten(plainValue(tree.root), sign) } : tree
}

function inForce({ loaded, tree }: ConfigState, { storedNames }: OpenedConfig): Shown {
  if (!loaded.ok) return loaded
  const source = tree.ok ? plainValue(tree.root) : {}
  const kept = new Set(storedNames)
  const isSecret = (name: string) => kept.has(name) || isSensitiveKey([name.toLowerCase()])
  return { ok: true, value: maskInForce(loaded.config, source, isSecret, sign) }
}

/** Digits mean an item of a list, and a name of an object. */
function pick(root: unknown, steps: readonly KeyStep[]): unknown {
  let value = root
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || typeof step === 'symbol') return undefined
    value = Object.hasOwn(value, step) ? Object.getOwnPropertyDescriptor(value, step)?.value : undefined
  }
  return value
}

export function notSet(steps: readonly KeyStep[]): Problem {
  const key = writeKey(steps)
  const suggestion = suggestKey(key)
  if (suggestion === null || suggestion === key) return problem('CONFIG_KEY_NOT_SET', { key })
  return problem('CONFIG_KEY_MISSPELLED', { key, suggestion })
}
