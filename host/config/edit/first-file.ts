import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rmdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Problem } from '../../../shared/problem.ts'
import { syncFolder, writeFileAtomically } from '../../files/atomic-write.ts'
import { checkStateDir } from '../check-state-dir.ts'
import type { StatePaths } from '../state-paths.ts'

const firstText = `// Configuration of Moltbot. JSON5: comments and trailing commas are fine.
{
  gateway: {
    mode: "local",
  },
}
`

export type FirstFile =
  /** `undo` takes back what was made, where nobody has touched it since. */
  { readonly ok: true; undo(): Promise<void> } | ({ readonly ok: false } & Problem)

/**
 * Makes the file that an edit is to change, and the folder for it (0600, 0700). No token: whoever starts the
 * gateway keeps that, in the keychain where there is one. What somebody else makes meanwhile is left alone.
 */
export async function makeFirstFile({ stateDir, configPath }: StatePaths): Promise<FirstFile> {
  const checked = await checkStateDir(stateDir)
  if (!checked.ok) return checked
  const folder = dirname(configPath)
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `.${randomBytes(6).toString('hex')}.tmp`)
  const removeFolder = async () => {
    if (made !== undefined) await rmdir(folder).catch(() => {}) // somebody has put something there
  }
  let failure: unknown = null
  try {
    await writeFileAtomically(draft, firstText)
    await link(draft, configPath) // fails where somebody was quicker, as a rename would not
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') failure = error
  }
  await unlink(draft).catch(() => {}) // it may never have come to be
  if (failure) {
    await removeFolder()
    throw failure
  }
  await syncFolder(folder)
  return {
    ok: true,
    async undo() {
      if ((await readFile(configPath, 'utf8')) !== firstText) return
      await unlink(configPath)
      await removeFolder()
    },
  }
}
