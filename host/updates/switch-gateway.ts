import type { GatewayView } from '../../shared/host-api.ts'
import type { Problem } from '../../shared/problem.ts'
import { problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { Supervised } from '../backup/supervised.ts'
import type { Clock } from '../clock.ts'
import { whyHostDirFails } from '../host-paths.ts'
import type { JobHandle } from '../jobs/job-board.ts'
import type { GatewayPrograms } from './gateway-programs.ts'
import { type KeptConfig, keepConfig } from './keep-config.ts'
import type { UpdateFigures } from './update-figures.ts'

export interface SwitchOrder {
  readonly clock: Clock
  readonly gateway: Supervised
  gatewayView(): Pick<GatewayView, 'state'>
  readonly programs: GatewayPrograms
  readonly configPath: string
  /** Where the configuration of before is kept. */
  readonly keepDir: string
  /** Of gateways that ended since that moment (wall clock, ms). */
  lastLines(since: number): readonly string[]
  readonly figures: Pick<UpdateFigures, 'healthLimitMs' | 'packageHealthLimitMs' | 'settleMs'>
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

type Switched =
  | { readonly ok: true; readonly id: string; readonly from: string; readonly healthy: boolean }
  | ({ readonly ok: false } & Problem)

/** Of what the new one said last; all of it is in the timeline. */
const shownLines = 3
const shownCharacters = 300

/** Why nothing may be switched now, or null: a gateway that others run is none of ours to replace. */
export async function whyNoSwitch({
  gateway,
  gatewayView,
}: Pick<SwitchOrder, 'gateway' | 'gatewayView'>): Promise<Problem | null> {
  const { state } = gatewayView()
  if (state.name === 'foreign') return state.problem
  if (state.name === 'adopted') {
    return problem('GATEWAY_ADOPTED', { pid: state.pid, program: state.program })
  }
  if (state.name === 'serviceManaged') {
    return problem('GATEWAY_SERVICE_MANAGED', { manager: state.manager, unit: state.unit })
  }
  const other = await gateway.findOther()
  return other?.code === 'RESTORE_GATEWAY_NOT_OURS' ? problem('GATEWAY_ADOPTED', other.params) : other
}

/**
 * Has another installed gateway run in the place of the present one. It is in use from the moment in which it
 * was seen well; until then the former one is back with the first sign of trouble, also after a host that was
 * killed meanwhile.
 */
export async function switchGateway(order: SwitchOrder, to: string, job: JobHandle): Promise<Switched> {
  const { gateway, programs } = order
  const from = programs.active.id
  const unusable = await programs.whyUnusable(to)
  if (unusable) return { ok: false, ...unusable }
  if (from === to) {
    return { ok: true, id: to, from, healthy: order.gatewayView().state.name === 'running' }
  }
  const other = await whyNoSwitch(order)
  if (other) return { ok: false, ...other }
  if (job.signal.aborted) return { ok: false, ...problem('JOB_CANCELLED', {}) }
  job.setCancellable(false)
  job.at({ step: 'stopping', done: 0, total: null })
  await gateway.hold()
  try {
    job.at({ step: 'swapping', done: 0, total: null })
    const kept = await keepConfig(order.configPath, order.keepDir, to)
    const since = order.clock.now().wall
    await programs.beginSwitch(to)
    const unwell = await startAndProve(order, job)
    if (unwell === null) {
      job.at({ step: 'tidying', done: 0, total: null })
      await programs.settleSwitch()
      order.note('gatewaySwitched', null, { from, to })
      return { ok: true, id: to, from, healthy: gateway.isWanted() }
    }
    job.at({ step: 'returning', done: 0, total: null })
    return { ok: false, ...(await goBack(order, { from, to, kept, unwell, since })) }
  } catch (error) {
    await programs.undoSwitch()
    const found = whyHostDirFails(error, order.keepDir)
    if (!found) throw error
    return { ok: false, ...found }
  } finally {
    gateway.release() // again, where it was released to be proved: that changes nothing
  }
}

async function startAndProve(order: SwitchOrder, job: JobHandle): Promise<Problem | null> {
  const { clock, gateway, figures } = order
  job.at({ step: 'starting', done: 0, total: null })
  gateway.release()
  if (!gateway.isWanted()) return null
  job.at({ step: 'checkingHealth', done: 0, total: null })
  const unwell = await prove(order)
  if (unwell) return unwell
  // One that answers once and dies is not well.
  await new Promise<void>((resolve) => clock.after(figures.settleMs, resolve))
  return prove(order)
}

function prove(order: SwitchOrder): Promise<Problem | null> {
  return order.gateway.proveHealth(healthLimitOf(order))
}

function healthLimitOf({ programs, figures }: SwitchOrder): number {
  return programs.active.kind === 'package' ? figures.packageHealthLimitMs : figures.healthLimitMs
}

interface Failed {
  readonly from: string
  readonly to: string
  readonly kept: KeptConfig
  readonly unwell: Problem
  /** When it was started. */
  readonly since: number
}

async function goBack(order: SwitchOrder, { from, to, kept, unwell, since }: Failed): Promise<Problem> {
  const { gateway, programs } = order
  await gateway.hold()
  const limitMs = healthLimitOf(order)
  const said = order.lastLines(since).slice(-shownLines).join(' / ').slice(0, shownCharacters)
  await programs.undoSwitch()
  const why =
    unwell.code === 'GATEWAY_NOT_RUNNING' ? `not ready within ${limitMs / 1000} s` : reasonOf(unwell)
  let detail = said ? `${why}: ${said}` : why
  let isUnwell = await provenAgain()
  // The new one may have rewritten the configuration into something that the former one refuses.
  if (isUnwell) {
    await gateway.hold()
    const setAside = await kept.putBack()
    if (setAside !== null) detail += `; the configuration of before is back, the new one lies at ${setAside}`
    isUnwell = await provenAgain()
  }
  if (isUnwell) detail += `; the former one: ${reasonOf(isUnwell)}`
  const found = problem('GATEWAY_UPDATE_UNDONE', { from, to, detail })
  order.note('gatewayUpdateUndone', found, { from, to })
  return found

  async function provenAgain(): Promise<Problem | null> {
    gateway.release()
    return gateway.isWanted() ? prove(order) : null
  }
}

function reasonOf({ code, params }: Problem): string {
  return [code, ...Object.entries(params).map(([key, value]) => `${key}=${value}`)].join(' ')
}
