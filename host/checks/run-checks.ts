import type { ChecksReport, Finding, Mended } from '../../shared/checks.ts'
import type { Check, Found } from './finding.ts'
import { found, told } from './finding.ts'
import { type Ground, type GroundParts, layGround } from './ground.ts'
import { Reach } from './reach.ts'

const limitMs = 5_000
const maxRounds = 3

export interface ChecksOrder {
  readonly kind: ChecksReport['kind']
  readonly deep: boolean
  readonly fix: boolean
  readonly checks: readonly Check[]
  /** For each check. */
  readonly limitMs?: number
  /** Something was put right. */
  mended?(what: Mended): void
}

/**
 * Looks at everything, puts right what may be put right where that is asked for, and then looks at everything
 * again: the findings are those of the last look. Never rejects; a check that fails is a finding.
 */
export async function runChecks(parts: GroundParts, order: ChecksOrder): Promise<ChecksReport> {
  const started = performance.now()
  const reach = parts.reach ?? new Reach()
  const look = () => lookAtAll(layGround({ ...parts, reach }), order)
  let all = await look()
  const mended: Mended[] = []
  const tried = new Set<string>()
  // What was put right may bring to light what can be put right then; each is tried once.
  for (let round = 0; order.fix && round < maxRounds; round += 1) {
    const next = all.filter((finding) => finding.mend && !tried.has(keyOf(finding)))
    if (next.length === 0) break
    // One after the other: a later one may rest on what an earlier one has made.
    for (const finding of next) {
      tried.add(keyOf(finding))
      const result = await mendOne(finding)
      mended.push(result)
      if (result.problem === null) order.mended?.(result)
    }
    all = await look()
  }
  return {
    kind: order.kind,
    at: parts.now(),
    durationMs: Math.round(performance.now() - started),
    deep: order.deep,
    findings: all.map(told),
    mended,
  }
}

function keyOf({ code, facts }: Found): string {
  return JSON.stringify([code, facts])
}

async function mendOne({ code, facts, mend }: Found): Promise<Mended> {
  const path = String(facts.path ?? '')
  const problem = await mend?.().catch((error: unknown) => ({
    code: 'MEND_FAILED' as const,
    params: { path, detail: (error as NodeJS.ErrnoException).code ?? String(error) },
  }))
  return { code, facts, problem: problem ?? null }
}

async function lookAtAll(
  ground: Ground,
  { checks, limitMs: limit = limitMs }: ChecksOrder,
): Promise<Found[]> {
  const looked = await Promise.all(checks.map((check) => lookOnce(check, ground, limit)))
  return looked.flat()
}

async function lookOnce(check: Check, ground: Ground, limit: number): Promise<Found[]> {
  const { name } = check
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<Found[]>((resolve) => {
    const seconds = Math.round(limit / 1000)
    timer = setTimeout(() => resolve([found('checkTimedOut', 'warn', { check: name, seconds })]), limit)
  })
  const looking = check.look(ground).catch((error: unknown): Found[] => {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error)
    return [found('checkFailed', 'warn', { check: name, detail })]
  })
  const findings = await Promise.race([looking, tooLate]).finally(() => clearTimeout(timer))
  return findings.length > 0 ? findings : [well(name)]
}

function well(name: Check['name']): Finding {
  return { code: name, level: 'ok', facts: {}, fix: null, evidence: [] }
}
