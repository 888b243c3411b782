import type { Problem } from '../problem.ts'
import { describeProblem } from './describe-problem.ts'
import { escapeControls } from './escape-controls.ts'

/** One line, with whatever a file or a foreign process put into it made harmless to a terminal. */
export function problemText(found: Problem): string {
  const { what, why, remedy } = describeProblem('en', found)
  const text = [what, why, remedy].filter((part) => part !== '').join(' ')
  return escapeControls(text.replaceAll('`', ''))
}
