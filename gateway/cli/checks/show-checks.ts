import type { ChecksReport } from '../../../shared/checks.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { Problem } from '../../../shared/problem.ts'
import { reachHost } from '../reach-host.ts'
import { failWith, sayJson } from '../tell.ts'
import { reportJson } from './report-json.ts'
import { reportLines } from './report-lines.ts'

export interface ChecksOrder {
  readonly kind: ChecksReport['kind']
  readonly deep: boolean
  readonly fix: boolean
}

type Outcome =
  | { readonly ok: true; readonly report: ChecksReport }
  | { readonly ok: false; readonly problem: Problem }

/** Has everything looked at and prints what was found; resolves to the exit code. */
export async function showChecks(
  order: ChecksOrder,
  { isJson, isStrict }: { readonly isJson: boolean; readonly isStrict: boolean },
): Promise<number> {
  const outcome = await ask(order)
  if (!outcome.ok) {
    failWith(outcome.problem, isJson)
    return exitCode.failed
  }
  const { report } = outcome
  if (isJson) sayJson(reportJson(report))
  else process.stdout.write(`${reportLines(report, lookOfOutput()).join('\n')}\n`)
  const isBad = report.findings.some(({ level }) => level === 'critical' || level === 'warn')
  return isStrict && isBad ? exitCode.findings : exitCode.done
}

/** A doctor must work when nothing else does: where no host answers, this process looks by itself. */
async function ask({ kind, deep, fix }: ChecksOrder): Promise<Outcome> {
  const reached = await reachHost()
  if (!reached.ok) {
    // Mending takes the place of a host, and a start is what ends one that hangs; not a doctor.
    const hung = reached.code === 'HOST_UNRESPONSIVE' ? reached : null
    if (hung && fix) return { ok: false, problem: hung }
    const { checkByOurselves } = await import('./check-by-ourselves.ts')
    return checkByOurselves({ kind, deep, fix }, hung?.params ?? null)
  }
  const { host } = reached
  try {
    const answer = await host.call(kind === 'doctor' ? 'checks.doctor' : 'checks.audit', { deep, fix })
    return answer.ok ? { ok: true, report: answer.value } : { ok: false, problem: answer }
  } finally {
    host.close()
  }
}

function lookOfOutput() {
  const { stdout, env } = process
  return {
    isColoured: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    width: stdout.isTTY ? (stdout.columns ?? 80) : null,
  }
}
