import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { lstatOrNull } from '../file-mode.ts'
import { type Check, found } from '../finding.ts'
import { isForeign } from '../write-missing.ts'

/** As the manual names them; a gateway makes each when it first needs it. */
const usualFolders = ['agents', 'credentials', 'sessions']

export const stateFoldersCheck: Check = {
  name: 'stateFolders',
  async look(ground) {
    const path = ground.statePaths.stateDir
    // Both have a check of their own.
    if (!(await lstatOrNull(path)) || (await isForeign(path, ground))) return []
    const there = await Promise.all(usualFolders.map((name) => lstatOrNull(join(path, name))))
    const names = usualFolders.filter((_, at) => there[at] === null)
    if (names.length === 0) return []
    const facts = { path, names: names.join(', ') }
    const mend = async () => {
      for (const name of names) {
        await mkdir(join(path, name), { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
        })
      }
      return null
    }
    return [found('stateFoldersMissing', 'info', facts, { mend })]
  },
}
