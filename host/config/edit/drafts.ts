import { randomBytes } from 'node:crypto'
import { readdir, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A temporary file in `folder` of an edit that holds the lock of `locked`; nobody else makes one of that name. */
export function draftIn(folder: string, locked: string): string {
  return join(folder, `${beginning(locked)}${randomBytes(6).toString('hex')}.tmp`)
}

/** Removes the temporary files that killed edits have left: for who holds the lock, all that are there. */
export async function sweepDrafts(folder: string, locked: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(beginning(locked)))
  await Promise.all(left.map((name) => unlink(join(folder, name)).catch(() => {}))) // the next edit tries again
}

function beginning(locked: string): string {
  return `.${basename(locked)}.edit-`
}
