import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Check, type Found, found } from '../finding.ts'
import { answeringLogPath } from '../log-place.ts'
import { walk } from '../private-files.ts'

const mb = 1024 * 1024
const largeBytes = 500 * mb
const folderBytes = 2 * 1024 * mb
/** A log that has just begun says nothing about its pace. */
const paceFromBytes = 50 * mb
const bytesAnHour = 100 * mb
const hourMs = 3_600_000

/** Logs that fill the disk: today's, its folder, and the files that launchd writes. */
export const logGrowthCheck: Check = {
  name: 'logGrowth',
  async look(ground) {
    const { now, statePaths } = ground
    const path = await answeringLogPath(ground)
    if (path === null) return []
    const findings: Found[] = []
    const today = await sizeOf(path)
    if (today && today.bytes > largeBytes)
      findings.push(found('logLarge', 'warn', { path, bytes: today.bytes }))
    else if (today && today.bytes > paceFromBytes) {
      const hours = Math.max(1, now() - today.since) / hourMs
      const bytes = Math.round(today.bytes / hours)
      if (bytes > bytesAnHour) findings.push(found('logGrows', 'warn', { path, bytes }))
    }
    for (const name of ['gateway.log', 'gateway.err.log']) {
      const other = join(statePaths.stateDir, 'logs', name)
      const size = await sizeOf(other)
      if (size && size.bytes > largeBytes)
        findings.push(found('logLarge', 'warn', { path: other, bytes: size.bytes }))
    }
    // What else lies in a folder of the owner's choice is none of ours.
    const config = await ground.config()
    const isNamed = config.ok && config.config.logging?.file !== undefined
    if (!isNamed) findings.push(...(await folderSize(dirname(path))))
    return findings
  },
}

async function folderSize(folder: string): Promise<Found[]> {
  let bytes = 0
  let count = 0
  for await (const { path, kind } of walk(folder, 1)) {
    if (kind !== 'file') continue
    bytes += (await sizeOf(path))?.bytes ?? 0
    count += 1
  }
  return bytes > folderBytes ? [found('logFolderLarge', 'warn', { path: folder, bytes, count })] : []
}

async function sizeOf(path: string): Promise<{ readonly bytes: number; readonly since: number } | null> {
  const stats = await stat(path).catch(() => null)
  if (!stats?.isFile()) return null
  return { bytes: stats.size, since: stats.birthtimeMs || stats.ctimeMs }
}
