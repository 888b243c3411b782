import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import { type ConfigOutcome, loadConfig } from '../../../../host/config/load-config.ts'
import type { Environment, StatePaths } from '../../../../host/config/state-paths.ts'

/** A state folder of its own for each test, gone afterwards. */
export function stateFolders() {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  /** Files by name; `moltbot.json` is the configuration. */
  return (files: Record<string, string | Uint8Array> = {}) => {
    const stateDir = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-state-')))
    folders.push(stateDir)
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(stateDir, name)), { recursive: true })
      writeFileSync(join(stateDir, name), content)
    }
    const paths: StatePaths = {
      stateDir,
      configPath: join(stateDir, 'moltbot.json'),
      envFilePath: join(stateDir, '.env'),
    }
    return { paths, load: (env: Environment = {}): Promise<ConfigOutcome> => loadConfig(paths, env) }
  }
}
