import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Check, type Found, found } from '../finding.ts'
import { answeringLogPath } from '../log-place.ts'

const mb = 1024 * 1024
const fullBytes = 200 * mb
const lowBytes = 1024 * mb

/** Room for state, log, backups and the host's own data; each disk is told once, by the first that lies on it. */
export const diskCheck: Check = {
  name: 'disk',
  async look(ground) {
    const { hostPaths, knowledge, reach, statePaths } = ground
    const logPath = await answeringLogPath(ground)
    const backups = await knowledge.backups()
    const findings: Found[] = []
    const seen = new Set<number>()
    for (const path of [
      statePaths.stateDir,
      ...(logPath === null ? [] : [dirname(logPath)]),
      backups?.folder ?? hostPaths.backupFolder,
      hostPaths.hostDir,
    ]) {
      // What does not answer is told by the check that needs it.
      const there = (await reach.answers(path)) ? await nearest(path) : null
      if (!there || seen.has(there.dev)) continue
      seen.add(there.dev)
      const { bavail, bsize } = await statfs(there.path)
      const bytes = bavail * bsize
      if (bytes < fullBytes) findings.push(found('diskFull', 'critical', { path, bytes }))
      else if (bytes < lowBytes) findings.push(found('diskLow', 'warn', { path, bytes }))
    }
    return findings
  },
}

/** A folder that will be made lies on the disk of the nearest that is there. */
async function nearest(path: string): Promise<{ readonly path: string; readonly dev: number } | null> {
  const stats = await stat(path).catch(() => null)
  if (stats) return { path, dev: stats.dev }
  const parent = dirname(path)
  return parent === path ? null : nearest(parent)
}
