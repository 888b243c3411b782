import { currentLogPath } from '../config/log-folder.ts'
import { chooseLogTarget } from '../config/log-path.ts'
import type { Ground } from './ground.ts'

/** The file that the gateway writes to today; null where its folder does not answer. */
export async function answeringLogPath(ground: Ground): Promise<string | null> {
  const { env, home, now, reach, statePaths } = ground
  const config = await ground.config()
  const logging = config.ok ? config.config.logging : undefined
  const target = chooseLogTarget({ env, home, logging })
  const asked = target.kind === 'dated' ? target.folder : target.path
  if (!(await reach.answers(asked))) return null
  return currentLogPath({ env, home, logging, stateDir: statePaths.stateDir, date: new Date(now()) })
}
