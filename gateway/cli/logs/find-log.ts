import { homedir } from 'node:os'
import { loadConfig } from '../../../host/config/load-config.ts'
import { currentLogPath } from '../../../host/config/log-folder.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import type { Problem } from '../../../shared/problem.ts'

export interface FoundLog {
  /** Where the log is now; another file after midnight. */
  path(): string
  /** Why the configuration could not be asked: the usual place is shown then. */
  readonly problem: Problem | null
}

export async function findLog(env: NodeJS.ProcessEnv): Promise<FoundLog> {
  const home = homedir()
  const paths = resolveStatePaths(env, home)
  const loaded = await loadConfig(paths, env)
  const logging = loaded.ok ? loaded.config.logging : undefined
  const { stateDir } = paths
  return {
    path: () => currentLogPath({ env, home, logging, stateDir, date: new Date() }),
    problem: loaded.ok ? null : loaded,
  }
}
