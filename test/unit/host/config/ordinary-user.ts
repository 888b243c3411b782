import { chmodSync, chownSync } from 'node:fs'
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
  chmodSync(dirname(path), 0o711)
  process.seteuid?.(nobody)
  try {
    return await act()
  } finally {
    process.seteuid?.(0)
  }
}
