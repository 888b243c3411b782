import type { BackupProblemParams } from './backup-problems.ts'
import type { ConfigEditProblemParams } from './config-edit-problems.ts'
import type { GatewayProblemParams } from './gateway-problems.ts'
import type { InstallationProblemParams } from './installation-problems.ts'
import type { SecretProblemParams } from './secret-problems.ts'
import type { SessionProblemParams } from './session-problems.ts'
import type { StartupProblemParams } from './startup-problems.ts'
import type { TerminalProblemParams } from './terminal-problems.ts'
import type { UpdateProblemParams } from './update-problems.ts'

/** Every code, with the facts its wording may use. `shared/wording/` has a text for each, and a test says so. */
export type ProblemParams = SecretProblemParams &
  BackupProblemParams &
  ConfigEditProblemParams &
  SessionProblemParams &
  GatewayProblemParams &
  StartupProblemParams &
  InstallationProblemParams &
  TerminalProblemParams &
  UpdateProblemParams & {
    // gateway configuration and state folder
    CONFIG_SYNTAX: { path: string; line: number; column: number; detail: string }
    /** `suggestion`: the key or value that was probably meant. */
    CONFIG_INVALID: {
      path: string
      key: string
      line: number
      column: number
      detail: string
      suggestion?: string
    }
    /** Stands last, where there are more of `CONFIG_INVALID` than one wants to read. */
    CONFIG_MORE_INVALID: { path: string; more: number }
    CONFIG_UNREADABLE: { path: string; detail: string }
    CONFIG_NOT_A_FILE: { path: string }
    CONFIG_TOO_LARGE: { path: string; bytes: number; limitBytes: number }
    CONFIG_REFUSED: { path: string; detail: string }
    STATE_DIR_NOT_A_FOLDER: { path: string }
    STATE_DIR_NOT_WRITABLE: { path: string; detail: string }
    TOKEN_MISSING: { path: string; name: string }
    /** The file changed between the look and the write; nothing was written. */
    CONFIG_CHANGED_MEANWHILE: { path: string }
    /** Nothing was written: the edit would not do what was asked, and only that. */
    CONFIG_NOT_EDITABLE: { path: string; detail: string }
    CONFIG_NOT_WRITTEN: { path: string; detail: string }
    LOG_UNREADABLE: { path: string; detail: string }
    // gateway process
    PORT_IN_USE: { port: number; pid: number; program: string; user: string; startedAt: number }
    PORT_IN_USE_UNKNOWN: { port: number; user: string }
    PORT_FORBIDDEN: { port: number; detail: string }
    GATEWAY_SPAWN_FAILED: { program: string; detail: string }
    GATEWAY_CRASH_LOOP: { exits: number; seconds: number; exit: string }
    GATEWAY_EXITED: { exit: string }
    GATEWAY_HUNG: { seconds: number }
    GATEWAY_MISSED_PROBES: { misses: number }
    GATEWAY_UNWELL: { reason: string }
    GATEWAY_NOT_RUNNING: { state: string }
    GATEWAY_UNREACHABLE: { url: string; detail: string }
    GATEWAY_NOT_OURS: { port: number; pid: number; program: string }
    GATEWAY_REFUSED_TOKEN: { url: string }
    GATEWAY_PROTOCOL: { url: string; detail: string }
    // a gateway that is not our child
    GATEWAY_ADOPTED: { pid: number; program: string }
    GATEWAY_SERVICE_FAILED: { manager: string; unit: string }
    GATEWAY_SERVICE_ENDED: { manager: string; unit: string; exit: string }
    GATEWAY_SERVICE_MANAGED: { manager: string; unit: string }
    GATEWAY_FOREIGN: { port: number; pid: number; program: string; user: string }
    // checks
    MEND_FAILED: { path: string; detail: string }
    // host
    HOST_NOT_RUNNING: { socket: string }
    HOST_UNRESPONSIVE: { pid: number; seconds: number }
    HOST_LEAVING: { pid: number }
    /** No host that lasts: a command holds the place of one until it has ended. */
    HOST_BUSY_WITH_COMMAND: { pid: number }
    HOST_DIR_UNUSABLE: { path: string; detail: string }
    HOST_PORT_IN_USE: { port: number; pid: number; program: string }
    HOST_PORT_UNUSABLE: { port: number; detail: string }
    HOST_SOCKET_PATH_TOO_LONG: { path: string; limitBytes: number }
    SETTINGS_SET_ASIDE: { keptAt: string; detail: string }
    SETTINGS_NOT_WRITTEN: { path: string; detail: string }
    // contract
    CALL_UNKNOWN: { call: string }
    CALL_NOT_HERE: { call: string }
    CALL_ARGUMENTS: { call: string; detail: string }
    CALLS_TOO_MANY: { limit: number }
    ANSWER_UNREADABLE: { call: string; detail: string }
    INTERNAL: { detail: string }
    // browser session
    SESSION_REQUIRED: Record<never, never>
    SESSION_CODE_USED: Record<never, never>
    CONNECTION_LOST: Record<never, never>
  }

export type ProblemCode = keyof ProblemParams

/**
 * A foreseen failure as a value: a code to branch on and the facts its wording needs.
 * The side that shows it owns the wording (`shared/wording/`), so a problem crosses every transport
 * unchanged and reads in the language of whoever looks.
 */
export type Problem<Code extends ProblemCode = ProblemCode> = {
  [C in Code]: { readonly code: C; readonly params: Readonly<ProblemParams[C]> }
}[Code]

export function problem<Code extends ProblemCode>(code: Code, params: ProblemParams[Code]): Problem<Code> {
  return { code, params } as Problem<Code>
}

/** Carries a problem through code that throws; caught at the borders only. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(found: Problem, options?: ErrorOptions) {
    super(`${found.code} ${JSON.stringify(found.params)}`, options)
    this.name = 'ProblemError'
    this.problem = found
  }
}
