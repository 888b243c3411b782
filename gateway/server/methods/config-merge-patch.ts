import { isDeepStrictEqual } from 'node:util'
import type { KeyPath } from '../../../host/config/config-tree.ts'
import type { ConfigEdit } from '../../../host/config/edit/plan-edit.ts'
import { valueAt } from '../../../host/config/edit/value-at.ts'
import { type PutBack, putBackInValue } from './config-put-back.ts'
import { hiddenSign } from './config-redact.ts'

/**
 * A merge patch (RFC 7396) as single edits of what is `written`: null takes out, objects are entered, anything
 * else replaces. The sign of a hidden secret leaves it as it is.
 */
export function patchEdits(
  patch: Readonly<Record<string, unknown>>,
  written: unknown,
  path: KeyPath = [],
): PutBack<readonly ConfigEdit[]> {
  const edits: ConfigEdit[] = []
  for (const [name, value] of Object.entries(patch)) {
    const key = [...path, name]
    const there = valueAt(written, key)
    if (value === null) {
      if (there !== undefined) edits.push({ key, value: undefined })
      continue
    }
    if (isObject(value) && isObject(there)) {
      const inner = patchEdits(value, written, key)
      if (!inner.ok) return inner
      edits.push(...inner.value)
      continue
    }
    if (value === hiddenSign && there !== undefined) continue
    const meant = putBackInValue(withoutNulls(value), key, written)
    if (!meant.ok) return meant
    if (!isDeepStrictEqual(meant.value, there)) edits.push({ key, value: meant.value })
  }
  return { ok: true, value: edits }
}

/** What a patch says of a place where there was no object. */
function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([name, item]) => [name, withoutNulls(item)]),
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
