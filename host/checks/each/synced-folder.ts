import { realpath } from 'node:fs/promises'
import { sep } from 'node:path'
import { type Check, found } from '../finding.ts'

/** Folders that a program copies to somebody else's computers, by a part of their path. */
const services: readonly (readonly [RegExp, string])[] = [
  [/^Mobile Documents$/, 'iCloud Drive'],
  [/^iCloud ?Drive/i, 'iCloud Drive'],
  [/^Dropbox/i, 'Dropbox'],
  [/^OneDrive/i, 'OneDrive'],
  [/^Google ?Drive/i, 'Google Drive'],
  [/^Nextcloud$/i, 'Nextcloud'],
  [/^Syncthing$|^Sync$/i, 'Syncthing'],
  [/^CloudStorage$/, 'CloudStorage'],
]

export const syncedFolderCheck: Check = {
  name: 'syncedFolder',
  async look({ statePaths }) {
    const path = statePaths.stateDir
    const real = await realpath(path).catch(() => path)
    const parts = real.split(sep)
    for (const [pattern, service] of services) {
      if (!parts.some((part) => pattern.test(part))) continue
      return [found('syncedFolder', 'warn', { path, service }, { evidence: real === path ? [] : [real] })]
    }
    return []
  },
}
