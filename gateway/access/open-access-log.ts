import type { LogTarget } from '../../host/config/log-path.ts'
import { openLineFile } from '../log/line-file.ts'
import { accessLogFamily } from '../log/log-family.ts'
import { gapLine } from '../log/log-line.ts'
import { accessLine, summaryLine } from './access-line.ts'
import { type AccessEntry, type AccessLog, isRefusal } from './access-log.ts'
import { createLineBudget } from './line-budget.ts'
import { createProbeCounts } from './probe-counts.ts'

export interface AccessLogOptions {
  /** Of {@link accessLogTarget}. */
  readonly target: LogTarget
  readonly stateDir: string
  readonly redact: (text: string) => string
  readonly now: () => Date
  readonly onWarning: (warning: string) => void
}

const summaryMs = 60 * 60 * 1000
const floodMs = 10_000

/**
 * Each visit is a line, with two exceptions: of what looks every few seconds whether the gateway lives,
 * the first look is one and then the count of each hour; of refusals, and of requests that were answered,
 * beyond five a second each, the count of each ten seconds. The file is made with the first line.
 */
export function openAccessLog({ redact, now, ...options }: AccessLogOptions): AccessLog {
  const file = openLineFile({ ...options, family: accessLogFamily, now, gapLine })
  const probes = createProbeCounts()
  const refusals = createLineBudget(() => now().getTime())
  const requests = createLineBudget(() => now().getTime())
  let hourly: NodeJS.Timeout | null = null
  let soon: NodeJS.Timeout | null = null
  let isClosed = false

  function write(entry: AccessEntry): void {
    if (isClosed) return
    const isProbe = probes.count(entry)
    if (isProbe) hourly ??= setInterval(sumUpProbes, summaryMs).unref()
    if (isProbe === 'again') return
    if (!mayHaveLine(entry)) {
      soon ??= setTimeout(sumUpFlood, floodMs).unref()
      return
    }
    file.append(accessLine(entry, now(), redact))
  }

  function mayHaveLine(entry: AccessEntry): boolean {
    if (isRefusal(entry)) return refusals.spend(entry.reason ?? String(entry.status))
    return entry.kind !== 'http' || requests.spend(entry.request ?? '')
  }

  function sumUpProbes(): void {
    const at = now()
    for (const sum of probes.take()) file.append(summaryLine(sum, at))
  }

  function sumUpFlood(): void {
    soon = null
    const at = now()
    const refused = refusals.take()
    if (refused)
      file.append(summaryLine({ kind: 'refused', count: refused.count, reasons: refused.names }, at))
    const answered = requests.take()
    if (answered)
      file.append(summaryLine({ kind: 'http', count: answered.count, requests: answered.names }, at))
  }

  return {
    write,
    path: () => file.path(),
    moveTo: (target) => file.moveTo(target),
    close() {
      if (isClosed) return
      sumUpProbes()
      sumUpFlood()
      isClosed = true
      if (hourly) clearInterval(hourly)
      if (soon) clearTimeout(soon)
      file.close()
    },
  }
}
