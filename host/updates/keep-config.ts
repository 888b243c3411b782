import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { folderName } from './package-name.ts'

export interface KeptConfig {
  /**
   * Has the configuration be what it was. Returns where the present one lies now, or null where nothing was
   * changed: it is the same, was not there, or is no plain file.
   */
  putBack(): Promise<string | null>
}

/**
 * Keeps a copy of the configuration file from before a gateway was switched: `config-before-<id>.json5` in
 * `keepDir`, for this user alone. One that a folder or a link takes the place of is left alone.
 */
export async function keepConfig(configPath: string, keepDir: string, id: string): Promise<KeptConfig> {
  const before = await readPlain(configPath)
  if (before === null) return { putBack: async () => null }
  const name = folderName(id)
  await writeFileAtomically(join(keepDir, `config-before-${name}.json5`), before)
  return {
    async putBack() {
      const now = await readPlain(configPath)
      if (now === null || now.equals(before)) return null
      const setAside = join(keepDir, `config-of-${name}.json5`)
      await writeFileAtomically(setAside, now)
      await writeFileAtomically(configPath, before)
      return setAside
    },
  }
}

async function readPlain(path: string): Promise<Buffer | null> {
  const found = await lstat(path).catch(() => null)
  return found?.isFile() ? readFile(path) : null
}
