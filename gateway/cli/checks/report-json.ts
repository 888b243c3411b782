import type { ChecksReport, Finding, FindingLevel, Mended } from '../../../shared/checks.ts'
import { describeFinding, describeMended } from '../../../shared/wording/describe-finding.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { checkId } from './check-ids.ts'

/** The whole answer of `--json`; findings named as Moltbot's own audit names them where it has a name. */
export function reportJson(report: ChecksReport) {
  const { at, durationMs, deep, findings, mended } = report
  return {
    ts: at,
    durationMs,
    deep,
    summary: summaryOf(findings),
    findings: findings.map(findingJson),
    mended: mended.map(mendedJson),
  }
}

export function summaryOf(findings: readonly Finding[]): Record<FindingLevel, number> {
  const summary = { critical: 0, warn: 0, info: 0, ok: 0 }
  for (const { level } of findings) summary[level] += 1
  return summary
}

function findingJson(finding: Finding) {
  const { code, level, facts, fix, evidence } = finding
  const { title, detail, remedy } = describeFinding('en', finding)
  return {
    checkId: checkId(code),
    severity: level,
    title: plain(title),
    detail: plain(detail),
    remediation: plain(remedy),
    code,
    facts,
    fix,
    evidence,
  }
}

function mendedJson(mended: Mended) {
  const { code, facts, problem } = mended
  return {
    checkId: checkId(code),
    code,
    facts,
    ok: problem === null,
    what: plain(describeMended('en', mended)),
    ...(problem && { problem: problem.code, message: problemText(problem) }),
  }
}

function plain(text: string): string {
  return text.replaceAll('`', '')
}
