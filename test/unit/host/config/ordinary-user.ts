import { chmodSync, chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const nobody = 65_534

/**
 * Runs `act` with `path` at `mode`, as its owner without root's rights, which would pass over the mode.
 * The whole process changes its user meanwhile: each spec file has one of its own.
 */
export async function asOrdinaryUser<T>(path: string, mode: number, act: () => Promise<T>): Promise<T> {
  chmodSync(path, mode)
  if (process.getuid?.() !== 0) return act()
  chownSync(path, nobody, nobody)
  // Only added to: the folder above may be the system's own one for temporary files.
  chmodSync(dirname(path), (statSync(dirname(path)).mode & 0o7777) | 0o011)
  process.seteuid?.(nobody)
  try {
    return await act()
  } finally {
    process.seteuid?.(0)
  }
}
