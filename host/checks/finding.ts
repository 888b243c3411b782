import type { Finding, FindingLevel } from '../../shared/checks.ts'
import type { CheckName, FindingCode, FindingFacts } from '../../shared/findings.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Ground } from './ground.ts'

/** Puts one thing right, after proving once more that it is as it was found. Null, or why it could not. */
export type Mend = () => Promise<Problem | null>

/** A finding of this process, which can mend what it found where that is safe and can be undone by hand. */
export type Found = Finding & { readonly mend?: Mend }

export interface Check {
  readonly name: CheckName
  /** Only looks. No fact and no evidence holds a secret. */
  look(ground: Ground): Promise<Found[]>
}

interface More {
  readonly evidence?: readonly string[]
  readonly mend?: Mend
  /** Nothing is to do. */
  readonly isNote?: boolean
}

export function found<Code extends FindingCode>(
  code: Code,
  level: FindingLevel,
  facts: FindingFacts[Code],
  { evidence = [], mend, isNote = false }: More = {},
): Found {
  const fix = mend ? 'automatic' : isNote ? null : 'manual'
  return { code, level, facts, fix, evidence: [...evidence], ...(mend && { mend }) }
}

/** As it is told: without what only this process can do. */
export function told({ mend: _mend, ...finding }: Found): Finding {
  return finding
}
