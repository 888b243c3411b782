import { isDeepStrictEqual } from 'node:util'
import { type Problem, problem } from '../../../shared/problem.ts'
import { checkSupported } from '../check-supported.ts'
import type { ConfigOutcome } from '../load-config.ts'

export type Refusal = { readonly ok: false; readonly others: readonly Problem[] } & Problem

/** What keeps our gateway from starting with these files. */
export async function problemsOf(outcome: ConfigOutcome): Promise<readonly Problem[]> {
  if (!outcome.ok) return [problem(outcome.code, outcome.params), ...outcome.others]
  const unsupported = await checkSupported(outcome)
  return unsupported ? [unsupported] : []
}

/**
 * Whether the files may become `after`: they are valid then, or were not before, and the change takes out
 * problems and brings none. Null where they may.
 */
export async function judgeChange(before: ConfigOutcome, after: ConfigOutcome): Promise<Refusal | null> {
  // Whether ours could serve a file that was broken, nobody knows: to have it whole again is what counts.
  if (!before.ok && after.ok) return null
  const [old, now] = [await problemsOf(before), await problemsOf(after)]
  const added = now.filter((one) => isTold(one) && !old.some((other) => isSame(one, other)))
  // Where not all are told, one that seems new may only have moved up.
  const isSurelyNew = after.ok || old.every(isTold)
  if (added.length > 0 && isSurelyNew) return refused(added)
  // Another program's gateway may well serve what ours does not; that was so before, and is no new problem.
  if (after.ok || countOf(now) < countOf(old)) return null
  // Not the change's own fault: what is to be put right first is said as it stands.
  const [first, ...others] = old
  if (!first) throw new Error('What is not valid has a problem')
  return { ok: false, ...first, others }
}

function isTold({ code }: Problem): boolean {
  return code !== 'CONFIG_MORE_INVALID'
}

function countOf(problems: readonly Problem[]): number {
  return problems.reduce((sum, one) => sum + (one.code === 'CONFIG_MORE_INVALID' ? one.params.more : 1), 0)
}

/** Lines move with an edit; what is wrong stays the same. */
function isSame(one: Problem, other: Problem): boolean {
  return one.code === other.code && isDeepStrictEqual(facts(one), facts(other))
}

function facts({ params }: Problem): Record<string, unknown> {
  const { line: _line, column: _column, ...rest }: Record<string, unknown> = { ...params }
  return rest
}

function refused([first, ...others]: readonly Problem[]): Refusal {
  if (!first) throw new Error('A refusal needs a problem')
  if (first.code !== 'CONFIG_INVALID') return { ok: false, ...first, others }
  const { path, key, line, column, detail, suggestion } = first.params
  const hint = suggestion === undefined ? '' : ` (${suggestion}?)`
  const params = { path, key, line, column, detail: detail + hint, more: countOf(others) }
  return { ok: false, ...problem('CONFIG_CHANGE_INVALID', params), others }
}
