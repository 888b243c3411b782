import { execFile } from 'node:child_process'
import { readdir, readlink, realpath, statfs } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const limitMs = 60_000
const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' }

/**
 * Bytes on the disk of all that lies in a folder; null where they could not be counted. Counted by another
 * process: there may be a hundred thousand files.
 */
export async function bytesIn(folder: string, signal: AbortSignal): Promise<number | null> {
  const options = { env, signal, timeout: limitMs }
  // Files that vanish meanwhile have it end with 1, and are of no interest.
  const { stdout } = await run('du', ['-sk', folder], options).catch(
    (error: Error & { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  )
  const kibibytes = /^(\d+)\s/.exec(stdout)?.[1]
  return kibibytes === undefined ? null : Number(kibibytes) * 1024
}

/** Has what was written survive a power loss. What cannot be synced in time is used all the same. */
export async function settleOnDisk(signal: AbortSignal): Promise<void> {
  await run('sync', [], { env, signal, timeout: limitMs }).catch(() => {})
}

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** The first link in a folder that leads out of it, or is none to a file; null where there is none. */
export async function findLinkOut(folder: string): Promise<string | null> {
  const root = await realpath(folder)
  const waiting = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const path = join(next, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      else if (entry.isSymbolicLink()) {
        const target = await realpath(path).catch(() => readlink(path))
        if (!target.startsWith(root + sep)) return path
      } else if (!entry.isFile()) return path
    }
  }
  return null
}
