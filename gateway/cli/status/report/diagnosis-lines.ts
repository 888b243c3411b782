import type { Finding, FindingLevel } from '../../../../shared/checks.ts'
import { describeFinding } from '../../../../shared/wording/describe-finding.ts'
import { problemText } from '../../../../shared/wording/terminal-text.ts'
import type { StatusFacts } from '../status-facts.ts'
import { titleOf } from '../status-parts.ts'

const marks: Readonly<Record<FindingLevel, string>> = { ok: '✓', info: '·', warn: '!', critical: '✗' }
const shownIssues = 12
const worstFirst: readonly FindingLevel[] = ['critical', 'warn', 'info']

/** ✓ what is well, · what is good to know, ! what should be seen to, ✗ what does not work. */
export function diagnosisLines(facts: StatusFacts): string[] {
  const { gateway, config, hostProblem } = facts
  return [
    gateway.problem
      ? `✗ the gateway does not answer. ${problemText(gateway.problem)}`
      : '✓ the gateway answers',
    hostProblem?.code === 'HOST_UNRESPONSIVE' ? `✗ ${problemText(hostProblem)}` : hostText(facts),
    ...configLines(config),
    ...findingLines(facts),
  ]
}

function hostText({ host }: StatusFacts): string {
  return host ? `✓ a host runs (${host.shell}, version ${host.version})` : '! no host runs: moltbot host'
}

function configLines({ path, exists, problems, warnings }: StatusFacts['config']): string[] {
  if (problems.length === 0) {
    const idle = warnings > 0 ? `; ${warnings} without effect` : ''
    return [`✓ ${path} ${exists ? `is valid${idle}` : 'is not there: the defaults count'}`]
  }
  const shown = problems.slice(0, shownIssues).map((found) => `✗ ${problemText(found)}`)
  const more = problems.length - shown.length
  return more > 0 ? [...shown, `✗ and ${more} more`] : shown
}

/** What both checks find is told once. */
function findingLines({ doctor, audit }: StatusFacts): string[] {
  const findings = [...(doctor?.findings ?? []), ...(audit?.findings ?? [])]
  const told = worstFirst.flatMap((level) => findings.filter((one) => one.level === level).map(lineOf))
  const well = findings.filter(({ level }) => level === 'ok').map(titleOf)
  return [
    ...new Set(told),
    ...(well.length > 0 ? [`${marks.ok} ${[...new Set(well)].join(', ')}`] : []),
    ...(doctor ? [] : ['! moltbot doctor could not look at everything in time']),
    ...(audit ? [] : ['! moltbot security audit could not look at everything in time']),
  ]
}

function lineOf(finding: Finding): string {
  const { detail } = describeFinding('en', finding)
  return `${marks[finding.level]} ${titleOf(finding)} (${detail.replaceAll('`', '').replace(/\.$/, '')})`
}
