/** Why there is no terminal. */
export interface TerminalProblemParams {
  TERMINAL_OFF_IN_BROWSER: Record<never, never>
  TERMINAL_UNAVAILABLE: { detail: string }
  TERMINAL_GONE: { id: string }
  TERMINALS_TOO_MANY: { limit: number }
}
