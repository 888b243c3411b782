import { open, readFile, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { writeFileAtomically } from '../../files/atomic-write.ts'
import { draftIn, sweepDrafts } from './drafts.ts'
import { type BackupOutcome, rotateBackups } from './rotate-backups.ts'

interface Replacement {
  /** As it is called, perhaps through a link; the backups stand beside this name. */
  readonly named: string
  /** The file itself. */
  readonly target: string
  /** What this edit holds the lock of. */
  readonly locked: string
  readonly former: Buffer
  readonly text: string
  readonly write: typeof writeFileAtomically
}

/** The file is not what it was when it was read. */
export class ChangedMeanwhile extends Error {}

const byteOrderMark = '\uFEFF'

/**
 * Writes the new text of a file that has been read as `former`, and keeps that one as a backup. The last look
 * at the file is the last thing before its rename. Rejects with {@link ChangedMeanwhile} or the system's error;
 * the file is then as it was.
 */
export async function replaceBytes(replacement: Replacement): Promise<BackupOutcome> {
  const { named, target, locked, former, text, write } = replacement
  const folders = [dirname(target), dirname(named)] as const
  const mode = await writableMode(target)
  const mark = former.subarray(0, 3).toString('utf8') === byteOrderMark ? byteOrderMark : ''
  for (const folder of new Set(folders)) await sweepDrafts(folder, locked)
  let backup: BackupOutcome | null = null
  const beforeRename = async () => {
    await expectSame(replacement)
    backup = await rotateBackups(named, former, draftIn(folders[1], locked))
    await expectSame(replacement)
  }
  await write(target, mark + text, mode, beforeRename, draftIn(folders[0], locked))
  if (!backup) throw new Error('A write looks once more before its rename')
  return backup
}

async function expectSame({ named, target, former }: Replacement): Promise<void> {
  const isSame = (await realpath(named)) === target && former.equals(await readFile(target))
  if (!isSame) throw new ChangedMeanwhile()
}

/**
 * Its mode, where this user owns it and may write it. The rename asks for neither: it would give a file to
 * another owner, and replace one that its owner has made read-only.
 */
async function writableMode(path: string): Promise<number> {
  const file = await open(path, 'r+')
  const { uid, mode } = await file.stat().finally(() => file.close())
  if (uid !== process.geteuid?.()) throw new Error(`it belongs to user ${uid}`)
  return mode & 0o777
}
