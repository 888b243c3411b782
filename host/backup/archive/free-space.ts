import { statfsSync, statSync } from 'node:fs'
import { ProblemError, problem } from '../../../shared/problem.ts'

/**
 * Throws BACKUP_NO_SPACE where a folder's file system has less room than asked for. `needs`: bytes by
 * folder; those on one file system need the room together. A folder that is not there asks for nothing.
 */
export function checkFreeSpace(needs: readonly { readonly path: string; readonly bytes: number }[]): void {
  const byDevice = new Map<bigint, { path: string; bytes: number }>()
  for (const { path, bytes } of needs) {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (!found) continue
    const sum = byDevice.get(found.dev)
    byDevice.set(found.dev, { path, bytes: bytes + (sum?.bytes ?? 0) })
  }
  for (const { path, bytes } of byDevice.values()) {
    const { bavail, bsize } = statfsSync(path)
    const limitBytes = bavail * bsize
    if (limitBytes < bytes) throw new ProblemError(problem('BACKUP_NO_SPACE', { path, bytes, limitBytes }))
  }
}
