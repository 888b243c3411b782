import { type Problem, problem } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import { recoverInterrupted } from './swap/swap.ts'

/**
 * Finishes or undoes a restore that was cut off, before anything reads the state. Returns what stands in the
 * way where neither is possible: half of two states must not be started on.
 */
export async function recoverState(
  stateDir: string,
  note: (kind: TimelineKind, found: Problem | null, facts: Record<string, string>) => void,
): Promise<Problem | null> {
  const recovered = await recoverInterrupted(stateDir)
  switch (recovered.kind) {
    case 'none':
      return null
    case 'undone':
      note('restoreUndone', null, { why: 'interrupted', path: stateDir })
      return null
    case 'finished':
      note('stateRestored', null, { why: 'interrupted', keptAt: recovered.keptAt })
      return null
    case 'stuck': {
      const found = problem('RESTORE_INTERRUPTED', { path: stateDir, detail: recovered.detail })
      note('restoreFailed', found, {})
      return found
    }
  }
}
