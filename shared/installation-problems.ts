/** What keeps the command line from being installed for a user, or taken away again. */
export interface InstallationProblemParams {
  COMPLETION_FOREIGN: { path: string; shell: string }
  COMPLETION_NOT_WRITTEN: { path: string; detail: string }
  /** Nothing that a link could lead to and that stays. */
  CLI_NO_LAUNCHER: { detail: string }
  /** `what`: a few words, such as `→ /usr/lib/node_modules/…` or `a file`. */
  CLI_LINK_FOREIGN: { path: string; what: string }
  CLI_LINK_NOT_WRITTEN: { path: string; detail: string }
  UNINSTALL_JOB_RUNS: { job: string }
  UNINSTALL_COMMAND_RUNS: { pid: number }
  /** It was asked to leave and has not. */
  UNINSTALL_HOST_STAYS: { pid: number; seconds: number }
  UNINSTALL_FROM_TERMINAL: Record<never, never>
  UNINSTALL_STATE_IN_USE: { path: string; pid: number; program: string }
  /** The folder that was named as the host's. */
  UNINSTALL_HOST_DIR_UNSAFE: { path: string; detail: string }
  UNINSTALL_STATE_UNSAFE: { path: string; detail: string }
}
