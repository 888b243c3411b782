import type { ChecksView } from '../../../shared/checks.ts'
import type { Shape } from '../../../shared/state-shape.ts'
import type { UpdatesView } from '../../../shared/updates.ts'

export type CheckUp = {
  readonly name: 'notChecked' | 'noTrouble' | 'trouble'
  readonly shape: Shape
  /** Findings that ask for something to be done. */
  readonly count: number
  readonly at: number | null
}

/** The latest check-up and the latest audit together; the older of the two says how long ago. */
export function checkUpOf({ doctor, audit }: Pick<ChecksView, 'doctor' | 'audit'>): CheckUp {
  const reports = [doctor, audit].filter((report) => report !== null)
  if (reports.length === 0) return { name: 'notChecked', shape: 'stopped', count: 0, at: null }
  // A finding that both have is one thing to do.
  const codes = new Map<string, string>()
  for (const { findings } of reports) {
    for (const { code, level, facts } of findings) {
      if (level === 'warn' || level === 'critical') codes.set(`${code} ${JSON.stringify(facts)}`, level)
    }
  }
  const at = Math.min(...reports.map((report) => report.at))
  if (codes.size === 0) return { name: 'noTrouble', shape: 'running', count: 0, at }
  const worst = [...codes.values()].includes('critical') ? 'failed' : 'attention'
  return { name: 'trouble', shape: worst, count: codes.size, at }
}

export type Newer = {
  readonly name: 'notLooked' | 'builtIn' | 'lookFailed' | 'upToDate' | 'offered'
  readonly shape: Shape
  readonly version: string
  readonly at: number | null
}

/** What is newer, the application before the gateway. */
export function newerOf({ app, gateway }: Pick<UpdatesView, 'app' | 'gateway'>): Newer {
  const is = (name: Newer['name'], shape: Shape, at: number | null = null, version = ''): Newer => ({
    name,
    shape,
    version,
    at,
  })
  for (const { offer, skipped } of [app, gateway]) {
    if (offer && offer.version !== skipped) return is('offered', 'attention', null, offer.version)
  }
  const canUpdateApp = app.state !== 'unavailable'
  // Nothing can be newer: the application says by itself why it is not updated from here.
  if (!canUpdateApp && gateway.followed === null) return is('builtIn', 'stopped')
  if ((canUpdateApp && app.problem) || (gateway.followed !== null && gateway.problem)) {
    return is('lookFailed', 'attention')
  }
  const looks = [canUpdateApp ? app.checkedAt : null, gateway.followed === null ? null : gateway.checkedAt]
  const known = looks.filter((at) => at !== null)
  return known.length === 0 ? is('notLooked', 'stopped') : is('upToDate', 'running', Math.min(...known))
}
