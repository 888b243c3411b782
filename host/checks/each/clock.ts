import { lstatOrNull } from '../file-mode.ts'
import { type Check, found } from '../finding.ts'

/** Nothing of this program is older. */
const earliest = Date.UTC(2026, 0, 1)
const latest = Date.UTC(2100, 0, 1)
const dayMs = 86_400_000

/** A clock that is years off breaks certificates, schedules and the days of the log. */
export const clockCheck: Check = {
  name: 'clock',
  async look({ now, statePaths }) {
    const wall = now()
    const path = statePaths.configPath
    const stats = await lstatOrNull(path).catch(() => null)
    const isFromFuture = stats !== null && stats.mtimeMs > wall + dayMs
    if (wall >= earliest && wall < latest && !isFromFuture) return []
    const evidence = isFromFuture ? [`${new Date(stats.mtimeMs).toISOString()} ${path}`] : []
    return [found('clockWrong', 'warn', { now: wall, path }, { evidence })]
  },
}
