import { access, constants, readlink, realpath } from 'node:fs/promises'
import { userName } from '../../processes/user-name.ts'
import { lstatOrNull, makePrivate, modeText, othersMayDoAnything, othersMayWrite } from '../file-mode.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'
import { writeMissing } from '../write-missing.ts'

export const stateFolderCheck: Check = {
  name: 'stateFolder',
  async look(ground) {
    const { statePaths, uid } = ground
    const path = statePaths.stateDir
    const named = await lstatOrNull(path)
    if (!named) return [missing(ground)]
    const findings: Found[] = []
    const isLink = named.isSymbolicLink()
    if (isLink) findings.push(found('stateFolderLink', 'warn', { path, target: await readlink(path) }))
    const real = isLink ? await realpath(path).catch(() => null) : path
    const stats = real === null ? null : await lstatOrNull(real)
    if (real === null || !stats?.isDirectory()) {
      return [...findings, found('stateFolderNotFolder', 'critical', { path })]
    }
    if (stats.uid !== uid) {
      const user = await userName(stats.uid)
      return [...findings, found('stateFolderForeign', 'critical', { path, user })]
    }
    const mode = modeText(stats.mode)
    // What a link leads to is the owner's own arrangement.
    const more = isLink ? {} : { mend: () => makePrivate(path, uid) }
    if (stats.mode & othersMayWrite) {
      findings.push(found('stateFolderWritable', 'critical', { path, mode }, more))
    } else if (stats.mode & othersMayDoAnything) {
      findings.push(found('stateFolderOpen', 'warn', { path, mode }, more))
    }
    const unwritable = await access(real, constants.W_OK | constants.X_OK).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code ?? error.message,
    )
    if (unwritable) {
      return [...findings, found('stateFolderNotWritable', 'critical', { path, detail: unwritable })]
    }
    return findings
  },
}

/** No trouble: the first start of a gateway writes it, as mending does. */
function missing(ground: Ground): Found {
  const path = ground.statePaths.stateDir
  return found('stateFolderMissing', 'info', { path }, { mend: () => writeMissing(ground, path) })
}
