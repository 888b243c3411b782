/** Why a gateway was not started, with the facts their wording uses. */
export type GatewayProblemParams = {
  /** `startedAt`: ms since 1970. `port`: what it listens on, as text; empty where that cannot be told. */
  GATEWAY_ALREADY_RUNNING: { pid: number; program: string; startedAt: number; port: string; path: string }
  /** This machine does not have the address, or not now. */
  BIND_UNAVAILABLE: { mode: string; address: string; detail: string }
  BIND_NEEDS_SECRET: { mode: string; limit: number; name: string }
  PASSWORD_MISSING: { path: string; name: string }
  /** `--force` ends a gateway of this user and nothing else. */
  PORT_NOT_FREED: { port: number; pid: number; program: string; user: string }
  PORT_NOT_FREED_KEPT: { port: number; pid: number; keeper: string; command: string }
  /** Of a method of its protocol; `detail` is what it says. */
  GATEWAY_REFUSED_CALL: { method: string; detail: string }
  /** The gateway in use links no channel. `command`: what was asked for. */
  CHANNELS_NOT_HERE: { command: string }
  RESET_NEEDS_PROFILE: { path: string }
  RESET_FAILED: { path: string; detail: string }
}
