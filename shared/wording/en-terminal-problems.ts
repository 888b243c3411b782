import type { TerminalProblemParams } from '../terminal-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enTerminalProblems: Record<keyof TerminalProblemParams, ProblemText> = {
  TERMINAL_OFF_IN_BROWSER: {
    what: 'The terminal is off in the browser.',
    why: 'Whoever got hold of this page could run any program as you.',
    remedy:
      'Use the terminal in the window of Moltbot Desktop, or allow it here: `moltbot terminal allow-browser`.',
  },
  TERMINAL_UNAVAILABLE: {
    what: 'No terminal can be opened.',
    why: '`{{detail}}`.',
    remedy: 'Try again. If this stays, use a terminal of your system; every command works there as well.',
  },
  TERMINAL_GONE: {
    what: 'This terminal is gone.',
    why: 'It has ended, or it belongs to another page.',
    remedy: 'Open another one.',
  },
  TERMINALS_TOO_MANY: {
    what: 'No further terminal was opened.',
    why: '{{limit}} are open at once, which is as many as there may be.',
    remedy: 'Close one of them: in this page, in another window, or in another tab of the browser.',
  },
}
