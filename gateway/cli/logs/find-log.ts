import { homedir } from 'node:os'
import { loadConfig } from '../../../host/config/load-config.ts'
import { currentAccessLogPath, currentLogPath } from '../../../host/config/log-folder.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { withSecretNames } from '../../../host/config/with-secrets.ts'
import { workingDir } from '../../../host/config/working-dir.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { storedSecretNames } from '../../../host/secrets/stored-names.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { LogSource } from '../commands/logs.ts'

export interface FoundLog {
  /** Where the log is now; another file after midnight. */
  path(): string
  /** Why the configuration could not be asked: the usual place is shown then. */
  readonly problem: Problem | null
}

export async function findLog(env: NodeJS.ProcessEnv, source: LogSource): Promise<FoundLog> {
  const home = homedir()
  const { secretsIndexPath, timelinePath } = resolveHostPaths(env, home, process.platform)
  if (source === 'host') return { path: () => timelinePath, problem: null }
  const paths = resolveStatePaths(env, home, workingDir())
  // The place of the log is no secret: a stand-in for each value will do.
  const names = await storedSecretNames(secretsIndexPath)
  const loaded = await loadConfig(paths, withSecretNames(env, names))
  const logging = loaded.ok ? loaded.config.logging : undefined
  const { stateDir } = paths
  const pathAt = source === 'access' ? currentAccessLogPath : currentLogPath
  return {
    path: () => pathAt({ env, home, logging, stateDir, date: new Date() }),
    problem: loaded.ok ? null : loaded,
  }
}
