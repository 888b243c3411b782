import { link, unlink } from 'node:fs/promises'

/**
 * Moves a transcript to `<path>.<reason>.<time>`, a name that the released Moltbot gives too and that no session
 * reads. Nothing is written over. Resolves to that name. Rejects with the system's error.
 */
export async function archiveTranscript(path: string, reason: 'deleted' | 'bak'): Promise<string> {
  const archived = await secondName(path, reason)
  await unlink(path)
  return archived
}

/** The same bytes under that name too: what takes the place of the first name later leaves them untouched. */
export async function secondName(path: string, reason: 'deleted' | 'bak'): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(':', '-')
  for (let count = 1; ; count += 1) {
    const archived = `${path}.${reason}.${stamp}${count === 1 ? '' : `-${count}`}`
    try {
      await link(path, archived)
      return archived
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
