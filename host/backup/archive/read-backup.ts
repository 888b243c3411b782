import type { ReadRequest, ReadResult, WorkHooks } from './archive-contract.ts'
import { openBackup } from './open-backup.ts'
import { readContents } from './read-contents.ts'

/** Reads and checks all of a backup. Throws the problem. */
export async function readBackup({ path, opening }: ReadRequest, hooks: WorkHooks): Promise<ReadResult> {
  const backup = await openBackup(path, opening)
  try {
    const { about, digest } = await readContents(backup, hooks)
    return { about, digest }
  } finally {
    backup.close()
  }
}
