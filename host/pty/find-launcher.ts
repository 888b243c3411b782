import { dirname, join } from 'node:path'
import { isCommand } from '../files/is-command.ts'

/** From `dist/builds/<id>/app` up to the repository is four; a packaged application is less deep. */
const mostSteps = 5

/**
 * The folder of the `moltbot` command that belongs to the code in `folder`: `dist/` in the repository, the
 * folder of the resources in a packaged application. Null where there is none, as before the first build.
 */
export function findLauncherFolder(folder: string): string | null {
  let at = folder
  for (let step = 0; step < mostSteps; step += 1) {
    for (const place of [at, join(at, 'dist')]) if (isCommand(join(place, 'moltbot'))) return place
    at = dirname(at)
  }
  return null
}
