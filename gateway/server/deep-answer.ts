import { constants } from 'node:fs'
import { open, statfs, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { HealthFacts } from './health-facts.ts'
import type { HttpAnswer } from './http-routes.ts'
import { jsonAnswer } from './live-answer.ts'
import type { Vitals } from './vitals.ts'

interface Check {
  readonly ok: boolean
  /** Present where it is not. */
  readonly reason?: string
  readonly ms: number
}

const limitMs = 2_000
const lagSampleMs = 200
const tooLateMs = 500
const leastFreeBytes = 16 * 1024 * 1024

/** Tries what the gateway needs: each part with what it found, in two seconds at most; 503 where one is not well. */
export async function deepAnswer(vitals: Vitals, facts: HealthFacts): Promise<HttpAnswer> {
  const closing = vitals.closingBecause()
  const [closingCheck, lock, config, log, state, eventLoop] = await Promise.all([
    look(async () => closing),
    look(async () => (facts.holdsLock() ? null : 'the gateway does not hold the lock of its state')),
    look(async () => configReason(facts)),
    look(() => logReason(facts)),
    look(() => once(`write ${facts.stateDir}`, () => stateReason(facts.stateDir))),
    look(loopReason),
  ])
  const checks = { taking: closingCheck, lock, config, log, state, eventLoop }
  const ok = Object.values(checks).every((check) => check.ok)
  const { version } = vitals
  const body = { ok, status: ok ? 'well' : 'unwell', version, uptimeMs: vitals.uptimeMs(), checks }
  return jsonAnswer(ok ? 200 : 503, body)
}

/** `find` resolves to what is wrong, or null. */
async function look(find: () => Promise<string | null>): Promise<Check> {
  const startedAt = performance.now()
  const late = delay(limitMs, `nothing was found out within ${limitMs} ms`, { ref: false })
  const reason = await Promise.race([
    find().catch((error: NodeJS.ErrnoException) => error.code ?? error.message),
    late,
  ])
  const ms = Math.round(performance.now() - startedAt)
  return reason === null ? { ok: true, ms } : { ok: false, reason, ms }
}

const underWay = new Map<string, Promise<string | null>>()

/** One at a time, for all who ask: each writes the same file, and a disk that hangs takes one thread and no more. */
function once(name: string, find: () => Promise<string | null>): Promise<string | null> {
  const found = underWay.get(name) ?? find().finally(() => underWay.delete(name))
  underWay.set(name, found)
  return found
}

/** Keys, never values. */
function configReason(facts: HealthFacts): string | null {
  const problems = facts.configProblems()
  if (problems.length === 0) return null
  const keys = problems.map(({ code, params }) => ('key' in params ? String(params.key) : code))
  const count = problems.length === 1 ? '1 fault' : `${problems.length} faults`
  return `the files have ${count} and an earlier state of them is in force: ${[...new Set(keys)].slice(0, 12).join(', ')}`
}

async function logReason(facts: HealthFacts): Promise<string | null> {
  const path = facts.logPath()
  const { trouble, linesLost, slowPatterns } = facts.logState()
  if (path === null) return 'no log file can be opened'
  if (trouble !== null) return `lines are being lost (${linesLost} so far): ${trouble}`
  if (slowPatterns.length > 0)
    return `too slow: ${slowPatterns.map((at) => `logging.redactPatterns[${at}]`).join(', ')}`
  const folder = dirname(path)
  return once(`space ${folder}`, () => spaceReason(folder))
}

/** Writes there for real: permissions say little of a disk that is full or was mounted to be read only. */
async function stateReason(stateDir: string): Promise<string | null> {
  const path = join(stateDir, `.health-${process.pid}.tmp`)
  const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants
  const file = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
  try {
    await file.writeFile('written by the deep health check\n')
  } finally {
    await file.close()
    await unlink(path)
  }
  return spaceReason(stateDir)
}

async function spaceReason(folder: string): Promise<string | null> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  return free >= leastFreeBytes ? null : `only ${Math.floor(free / 1024)} KiB are free in ${folder}`
}

async function loopReason(): Promise<string | null> {
  const resolution = 10
  const histogram = monitorEventLoopDelay({ resolution })
  histogram.enable()
  await delay(lagSampleMs, undefined, { ref: false })
  histogram.disable()
  const lateMs = Math.round(histogram.max / 1e6) - resolution
  return lateMs <= tooLateMs ? null : `the event loop was ${lateMs} ms late`
}
