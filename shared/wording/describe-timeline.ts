import type { TimelineEntry } from '../timeline.ts'
import { type DescribedProblem, describeExit, describeProblem } from './describe-problem.ts'
import { formatBytes, formatMoment, formatTook } from './format.ts'
import { type Language, textsIn, wordingIn } from './texts.ts'

export type DescribedFact = {
  /** The key as recorded, for code. */
  key: string
  label: string
  /** One line, or several (last lines of output). */
  value: string | readonly string[]
}

export type DescribedEntry = {
  /** What happened, without a full stop. */
  title: string
  problem: DescribedProblem | null
  /** The evidence, in the order in which it was recorded. */
  facts: DescribedFact[]
}

export function describeTimelineEntry(language: Language, entry: TimelineEntry): DescribedEntry {
  return {
    title: textsIn(language)(`timeline.kind.${entry.kind}`),
    problem: entry.problem ? describeProblem(language, entry.problem) : null,
    facts: Object.entries(entry.evidence).map(([key, value]) => ({
      key,
      label: labelOf(language, key),
      value: readable(language, key, value),
    })),
  }
}

/** Where the values of a key have words of their own. */
const wordsOf: Record<string, string> = {
  stage: 'state.stage',
  state: 'state.word',
  why: 'evidenceWhy',
  consistency: 'backups.consistency',
  launchAtLogin: 'startup.login.state',
}

/** A key without a label is shown as recorded: evidence is never dropped. */
function labelOf(language: Language, key: string): string {
  const wording = wordingIn(language)
  return wording.exists(`evidence.${key}`) ? wording.t(`evidence.${key}` as never) : key
}

function readable(
  language: Language,
  key: string,
  value: string | number | string[],
): string | readonly string[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'number') {
    if (key === 'ms' || key.endsWith('Ms')) return formatTook(language, value)
    if (key === 'bytes') return formatBytes(value)
    if (key === 'startedAt' || key === 'until') return formatMoment(language, value)
  }
  if (key === 'exit' || key === 'ended') return describeExit(language, value)
  const wording = wordingIn(language)
  const words = wordsOf[key]
  return words && wording.exists(`${words}.${value}`)
    ? wording.t(`${words}.${value}` as never)
    : String(value)
}
