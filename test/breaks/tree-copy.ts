import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { applyHunks } from './apply-patch.ts'
import type { FilePatch } from './parse-patch.ts'

const leftOut = new Set(['node_modules', 'dist', 'release', '.git'])

/** A copy of the sources that may be broken; packages are shared with the original. */
export function copyTree(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'moltbot-breaks-'))
  cpSync(root, copy, { recursive: true, filter: (path) => path === root || !leftOut.has(basename(path)) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

export const removeTree = (copy: string): void => rmSync(copy, { recursive: true, force: true })

/**
 * Does the work on the patched tree, then puts the files back.
 * @throws Error when a patch does not fit; nothing is changed then
 */
export async function whilePatched<T>(
  copy: string,
  files: readonly FilePatch[],
  work: () => Promise<T>,
): Promise<T> {
  const changes = files.map(({ path, hunks }) => {
    const original = readFileSync(join(copy, path), 'utf8')
    return { path: join(copy, path), original, broken: applyHunks(original, hunks) }
  })
  for (const { path, broken } of changes) writeFileSync(path, broken)
  try {
    return await work()
  } finally {
    for (const { path, original } of changes) writeFileSync(path, original)
  }
}
