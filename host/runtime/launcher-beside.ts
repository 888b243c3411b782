import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lastingPath } from '../gateway-service/service-program.ts'

/**
 * The `moltbot` command that starts the script `entry`, by a path that stays true after the next build or version:
 * `dist/moltbot` for `dist/builds/<id>/app/moltbot.mjs`, or the launcher beside `app/` of a package. Null where
 * there is none.
 */
export function launcherBeside(entry: string): string | null {
  const [, dist] = /^(.*\/dist)\/builds\/[^/]+\/app\/[^/]+$/.exec(entry) ?? []
  const launcher = join(dist ?? dirname(dirname(entry)), 'moltbot')
  return existsSync(launcher) ? lastingPath(launcher) : null
}
