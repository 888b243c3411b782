import { existsSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { completionPlaces, readCompletionFile } from '../completion/completion-places.ts'
import { linkName, readCliLink } from '../install-cli/cli-link.ts'
import { lastingLauncher } from '../install-cli/install-cli.ts'
import { nothingToDo, type Removable, type UninstallGround } from './removable.ts'
import { detailOf, removeOwn } from './remove-own.ts'

/** The links to `moltbot` that lead to this copy of the program, and what has shells complete it. */
export async function findCommandLine(ground: UninstallGround): Promise<Removable[]> {
  const { env, home, uid } = ground
  const found: Removable[] = []
  const launcher = lastingLauncher(process.argv[1] ?? '', env)
  const usual = join(home, '.local', 'bin')
  // Those of a package elsewhere are its package manager's.
  const folders = (env.PATH ?? '').split(delimiter).filter((at) => at.startsWith(`${home}/`))
  for (const folder of new Set([usual, ...folders])) {
    const path = join(folder, linkName)
    const link = launcher.ok && existsSync(folder) ? await readCliLink(path, launcher.launcher) : null
    const what = 'the link to the command line'
    if (link?.whose === 'ours') {
      found.push({
        what,
        place: path,
        bytes: null,
        kept: null,
        remove: () => unlink(path).then(() => null, detailOf),
      })
    } else if (link?.whose === 'otherCopy') {
      const kept = `it leads to another copy: ${link.what}`
      found.push({ what, place: path, bytes: null, kept, remove: nothingToDo })
    }
  }
  for (const [shell, path] of Object.entries(completionPlaces(env, home))) {
    if ((await readCompletionFile(path)).whose !== 'ours') continue
    found.push({
      what: `completion for ${shell}`,
      place: path,
      bytes: null,
      kept: null,
      remove: () => removeOwn(path, uid),
    })
  }
  return found
}
