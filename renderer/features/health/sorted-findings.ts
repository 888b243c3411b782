import type { ChecksReport, Finding, FindingLevel } from '../../../shared/checks.ts'
import type { Shape } from '../../../shared/state-shape.ts'

export interface SortedFindings {
  /** What asks for something to be done, worst first. */
  readonly trouble: readonly Finding[]
  readonly notes: readonly Finding[]
  readonly well: readonly Finding[]
  /** Of all of them, those that this program can put right. */
  readonly mendable: readonly Finding[]
}

export function sortFindings({ findings }: Pick<ChecksReport, 'findings'>): SortedFindings {
  const at = (level: FindingLevel) => findings.filter((finding) => finding.level === level)
  return {
    trouble: [...at('critical'), ...at('warn')],
    notes: at('info'),
    well: at('ok'),
    mendable: findings.filter(({ fix }) => fix === 'automatic'),
  }
}

export const shapeOfLevel: Readonly<Record<FindingLevel, Shape>> = {
  critical: 'failed',
  warn: 'attention',
  info: 'stopped',
  ok: 'running',
}

/** The form that stands for a whole report. */
export function shapeOfReport(report: ChecksReport | null): Shape {
  if (!report) return 'stopped'
  const [worst] = sortFindings(report).trouble
  return worst ? shapeOfLevel[worst.level] : 'running'
}

/** Two findings of one kind differ by their facts. */
export function findingKey({ code, facts }: Pick<Finding, 'code' | 'facts'>): string {
  return `${code} ${JSON.stringify(facts)}`
}
