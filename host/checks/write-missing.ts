import { stat } from 'node:fs/promises'
import { type Problem, problem } from '../../shared/problem.ts'
import { writeWhatIsMissing } from '../config/first-run.ts'
import type { Ground } from './ground.ts'

/**
 * What a first start would write. `path` is the one that the finding names. Nothing is written into a state
 * folder, or over a file, of somebody else: what `sudo` makes there, its owner could not read.
 */
export async function writeMissing(ground: Ground, path: string): Promise<Problem | null> {
  const { statePaths, namesOnly, knowledge } = ground
  const fail = (detail: string) => problem('MEND_FAILED', { path, detail })
  for (const at of [statePaths.stateDir, statePaths.envFilePath]) {
    if (await isForeign(at, ground)) return fail(`${at} belongs to somebody else`)
  }
  const made = await writeWhatIsMissing(statePaths, namesOnly, () => knowledge.secrets.giveToken())
  return made.ok ? null : fail(made.code)
}

/** Whether something is there that belongs to another user; a link is what it leads to. */
export async function isForeign(path: string, { uid }: Pick<Ground, 'uid'>): Promise<boolean> {
  const stats = await stat(path).catch(() => null)
  return stats !== null && stats.uid !== uid
}
