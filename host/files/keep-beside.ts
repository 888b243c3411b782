import { link, lstat, rename, unlink } from 'node:fs/promises'

/**
 * Moves a file or link out of the way under the first free name beside it, `.bak`, `.bak2` …; nothing is ever
 * written over. Resolves to that path. Rejects with the system's error.
 */
export async function keepBeside(path: string): Promise<string> {
  const isLink = (await lstat(path)).isSymbolicLink()
  for (let count = 1; ; count += 1) {
    const kept = `${path}.bak${count === 1 ? '' : count}`
    if (await isThere(kept)) continue
    try {
      if (isLink) {
        await rename(path, kept) // a second name for a link itself cannot be made everywhere
        return kept
      }
      await link(path, kept) // fails where somebody was quicker, as a rename would not
      await unlink(path)
      return kept
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
