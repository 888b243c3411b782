import { type Problem, problem } from '../../shared/problem.ts'
import type { StatePaths } from '../config/state-paths.ts'
import type { JobEnd, JobHandle } from '../jobs/job-board.ts'
import type { SecretsOwner, TakenSecrets } from '../secrets/secrets.ts'
import { extractArchive, type Opening } from './archive/archive-work.ts'
import { lackedSecrets } from './lacked-secrets.ts'
import { quietHooks } from './make-backup.ts'
import type { Supervised } from './supervised.ts'
import { discardStaging, prepareStaging, swapBack, swapIn } from './swap/swap.ts'

export interface RestoreOrder {
  readonly path: string
  readonly opening: Opening
  readonly paths: StatePaths
  readonly gateway: Supervised
  readonly secrets: Pick<SecretsOwner, 'take' | 'look'>
  /** Whether the files as they are now could start a gateway; null, or why not. */
  checkConfig(): Promise<Problem | null>
  /** The state is half of two: no gateway may start on it. */
  interrupted(found: Problem): void
  note(
    kind: 'stateRestored' | 'restoreUndone' | 'restoreFailed',
    found: Problem | null,
    facts: Record<string, string | number>,
  ): void
}

/** A gateway that is not well by then has the former state back. */
const healthLimitMs = 60_000

/**
 * Puts the state of a backup in the place of the present one. All of it is read and found right, and lies
 * ready beside the state, before the gateway is stopped; the former state is kept, and is back in its place
 * where the gateway is not well with the new one.
 */
export async function restoreBackup(order: RestoreOrder, job: JobHandle): Promise<JobEnd> {
  const { paths, gateway, path, opening } = order
  const { stateDir } = paths
  const other = await gateway.findOther()
  if (other) return { ok: false, ...other }

  const staging = await prepareStaging(stateDir)
  if (!staging.ok) return staging
  const extracted = await extractArchive(
    { path, opening, stagingDir: staging.folder },
    { ...quietHooks, signal: job.signal, progress: job.at },
  )
  if (!extracted.ok) {
    await discardStaging(stateDir)
    return extracted
  }

  const inTheWay = await whyNotNow(order, job, Object.keys(extracted.secrets))
  if (inTheWay) {
    await discardStaging(stateDir)
    return { ok: false, ...inTheWay }
  }
  job.setCancellable(false)
  job.at({ step: 'stopping', done: 0, total: null })
  await gateway.hold()
  try {
    return await swapAndProve(order, job, extracted)
  } finally {
    gateway.release() // again, where it was released to be proved: that changes nothing
  }
}

/** Looked at last, before anything is stopped: unpacking may have taken minutes. */
async function whyNotNow(
  order: RestoreOrder,
  job: JobHandle,
  names: readonly string[],
): Promise<Problem | null> {
  if (job.signal.aborted) return problem('JOB_CANCELLED', {})
  const { store, ...view } = await order.secrets.look()
  const isNeeded = lackedSecrets({ store, ...view }, names).length > 0
  if (isNeeded && store.state !== 'ready' && store.problem) return store.problem
  return order.gateway.findOther()
}

type Extracted = Extract<Awaited<ReturnType<typeof extractArchive>>, { ok: true }>

/** With the gateway held. */
async function swapAndProve(order: RestoreOrder, job: JobHandle, extracted: Extracted): Promise<JobEnd> {
  const { paths, gateway, path } = order
  const { stateDir, configPath } = paths
  job.at({ step: 'swapping', done: 0, total: null })
  const replaces = extracted.format === 'plainTar' ? 'listed' : 'all'
  const swapped = await swapIn({ stateDir, configPath, replaces })
  if (!swapped.ok) return notWhole(order, swapped)
  const { keptAt } = swapped
  const taken = await takeMissing(order, extracted.secrets).catch(problemOf)
  const unwell = 'code' in taken ? taken : await startAndProve(order, job)
  if (unwell === null) {
    order.note('stateRestored', null, { path, keptAt, files: extracted.files })
    return {
      ok: true,
      result: {
        kind: 'backup.restore',
        file: path,
        files: extracted.files,
        keptAt,
        secretsSet: 'names' in taken ? [...taken.names] : [],
        healthy: gateway.isWanted(),
      },
    }
  }

  job.at({ step: 'returning', done: 0, total: null })
  await gateway.hold()
  if ('undo' in taken) await taken.undo()
  const back = await swapBack(stateDir, keptAt)
  if (!back.ok) return notWhole(order, back)
  const reason = reasonOf(unwell)
  const found = problem('RESTORE_UNDONE', { reason, keptAt: stateDir })
  order.note('restoreUndone', found, { path, reason })
  return { ok: false, ...found }
}

/** A swap that could be neither finished nor undone: the next start tries again before it starts a gateway. */
function notWhole(order: RestoreOrder, found: { readonly ok: false } & Problem): JobEnd {
  const cause = { code: found.code, params: found.params } as Problem
  order.note('restoreFailed', cause, { path: order.path })
  if (cause.code === 'RESTORE_INTERRUPTED') order.interrupted(cause)
  return { ok: false, ...cause }
}

async function startAndProve(order: RestoreOrder, job: JobHandle): Promise<Problem | null> {
  const { gateway } = order
  const unfit = await order.checkConfig()
  if (unfit) return unfit
  job.at({ step: 'starting', done: 0, total: null })
  gateway.release()
  if (!gateway.isWanted()) return null
  job.at({ step: 'checkingHealth', done: 0, total: null })
  return gateway.proveHealth(healthLimitMs)
}

async function takeMissing(
  order: RestoreOrder,
  values: Readonly<Record<string, string>>,
): Promise<TakenSecrets> {
  // By the files as they are now: `.env` has just been swapped as well.
  const view = await order.secrets.look()
  const names = lackedSecrets(view, Object.keys(values))
  return order.secrets.take(Object.fromEntries(names.map((name) => [name, values[name] ?? ''])))
}

function problemOf(error: unknown): Problem {
  if (error instanceof Error && 'problem' in error) return error.problem as Problem
  return problem('INTERNAL', { detail: error instanceof Error ? error.message : String(error) })
}

function reasonOf({ code, params }: Problem): string {
  return [code, ...Object.entries(params).map(([key, value]) => `${key}=${value}`)].join(' ')
}
