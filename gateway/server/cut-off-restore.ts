import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'

/** Half of two states is no state to run on; a host, or the next restore, makes it whole again. */
export function findCutOffRestore(stateDir: string): Problem | null {
  const journal = join(stateDir, '.moltbot-restore', 'journal.json')
  if (!existsSync(journal)) return null
  return problem('RESTORE_INTERRUPTED', { path: stateDir, detail: `${journal} is there` })
}
