import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { loadConfig } from '../../../host/config/load-config.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { withSecretNames } from '../../../host/config/with-secrets.ts'
import { workingDir } from '../../../host/config/working-dir.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { storedSecretNames } from '../../../host/secrets/stored-names.ts'
import type { ConfigFacts } from './status-facts.ts'

/** The configuration as it is on disk now, with a stand-in for each secret that is kept. */
export async function configFacts(): Promise<ConfigFacts> {
  const { env, platform } = process
  const home = homedir()
  const paths = resolveStatePaths(env, home, workingDir())
  const names = await storedSecretNames(resolveHostPaths(env, home, platform).secretsIndexPath)
  const loaded = await loadConfig(paths, withSecretNames(env, names))
  return {
    path: paths.configPath,
    exists: existsSync(paths.configPath),
    sources: loaded.ok ? loaded.sources : [],
    problems: loaded.ok
      ? []
      : [loaded, ...loaded.others].map(({ code, params }) => ({ code, params }) as typeof loaded),
    warnings: loaded.ok ? loaded.warnings.length : 0,
  }
}
