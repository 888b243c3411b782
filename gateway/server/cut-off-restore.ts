import { existsSync } from 'node:fs'
import { swapPlaces } from '../../host/backup/swap/swap-places.ts'
import { type Problem, problem } from '../../shared/problem.ts'

/** Half of two states is no state to run on; a host, or the next restore, makes it whole again. */
export function findCutOffRestore(stateDir: string): Problem | null {
  const { journal } = swapPlaces(stateDir)
  if (!existsSync(journal)) return null
  return problem('RESTORE_INTERRUPTED', { path: stateDir, detail: `${journal} is there` })
}
