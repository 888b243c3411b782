/** What keeps login item and gateway service from being set up. */
export interface StartupProblemParams {
  // launch at login
  LOGIN_ITEM_NOT_WRITTEN: { path: string; detail: string }
  /** An entry of our name that is not ours, or that somebody edited. */
  LOGIN_ITEM_FOREIGN: { path: string; runs: string }
  LOGIN_ITEM_UNSUPPORTED: { detail: string }
  LOGIN_ITEM_NEEDS_APPROVAL: Record<never, never>
  // gateway service
  SERVICE_NO_MANAGER: { detail: string }
  SERVICE_FILE_NOT_WRITTEN: { path: string; detail: string }
  SERVICE_FILE_FOREIGN: { path: string; runs: string }
  SERVICE_FILE_EDITED: { path: string }
  SERVICE_FILE_UNREADABLE: { path: string; detail: string }
  SERVICE_NOT_INSTALLED: { path: string }
  SERVICE_MANAGER_FAILED: { manager: string; command: string; detail: string }
  /** The program lies where it will not be when the service starts: in a mounted AppImage. */
  SERVICE_PROGRAM_VANISHES: { program: string }
  /** An npm package's gateway is in use; only the one that came with this program can be set up. */
  SERVICE_BUILT_IN_ONLY: { program: string }
  /** Nobody is there to give a service the passphrase. */
  SERVICE_SEALED_FILE: Record<never, never>
  /** Set up, started, not well, and taken back. */
  SERVICE_NOT_WELL: { unit: string; detail: string }
  /** It may start before anybody signs in, and no keychain is open by then. */
  SERVICE_KEYCHAIN_AT_BOOT: Record<never, never>
}
