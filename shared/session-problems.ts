/** Codes about the sessions of the state folder. */
export type SessionProblemParams = {
  /** A list of sessions, a transcript, or another file that the gateway keeps. */
  STATE_FILE_UNREADABLE: { path: string; detail: string }
  /** What stands before that line could be read. */
  SESSIONS_BROKEN: { path: string; line: number; detail: string }
  /** Another program changes it and does not come to an end. */
  SESSIONS_LOCKED: { path: string; pid: number; seconds: number }
  /** Nothing was changed. */
  SESSIONS_NOT_WRITTEN: { path: string; detail: string }
  SESSION_UNKNOWN: { key: string }
  SESSION_IS_MAIN: { key: string }
  /** `detail` says what may stand there; the value itself is not told. */
  SESSION_VALUE_INVALID: { field: string; detail: string }
}
