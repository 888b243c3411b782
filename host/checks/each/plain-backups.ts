import { type Check, found } from '../finding.ts'
import { walk } from '../private-files.ts'

/** Archives of the manual's own script, and decrypted ones that were forgotten. */
const plainArchive = /\.(?:tar|tar\.gz|tgz|tar\.bz2|tar\.xz|zip)$/i

export const plainBackupsCheck: Check = {
  name: 'plainBackups',
  async look({ knowledge, hostPaths, reach }) {
    const view = await knowledge.backups()
    const folder = view?.folder ?? hostPaths.backupFolder
    if (!(await reach.answers(folder))) return []
    const paths: string[] = []
    for await (const { path, kind } of walk(folder, 2)) {
      if (kind === 'file' && plainArchive.test(path)) paths.push(path)
    }
    if (paths.length === 0) return []
    const evidence = paths.toSorted().slice(0, 20)
    return [found('plainBackups', 'warn', { folder, count: paths.length }, { evidence })]
  },
}
