/** Why an update was not found, not taken, or taken back. */
export interface UpdateProblemParams {
  // the application
  /** It runs from a repository or without Electron: `place` says where. */
  UPDATE_NOT_PACKAGED: { place: string }
  /** This build was made without a feed, or without the key its releases are signed with. */
  UPDATE_NOT_CONFIGURED: { missing: string }
  UPDATE_FEED_UNREACHABLE: { url: string; detail: string }
  UPDATE_FEED_INVALID: { url: string; detail: string }
  /** No signature, a wrong one, or one over other bytes. */
  UPDATE_SIGNATURE: { url: string; detail: string }
  UPDATE_DOWNGRADE: { current: string; offered: string }
  /** Signed, but older than one that was seen before, or past its day. */
  UPDATE_FEED_STALE: { detail: string }
  /** Newer than what may be replaced by it in one step. */
  UPDATE_TOO_OLD: { current: string; offered: string; minimum: string }
  UPDATE_DOWNLOAD_FAILED: { version: string; detail: string }
  UPDATE_INSTALL_FAILED: { version: string; detail: string }
  // the gateway
  GATEWAY_PACKAGE_NAME: { name: string }
  GATEWAY_PACKAGE_UNKNOWN: { name: string; registry: string }
  GATEWAY_VERSION_UNKNOWN: { name: string; version: string }
  REGISTRY_UNREACHABLE: { registry: string; detail: string }
  REGISTRY_INVALID: { registry: string; detail: string }
  GATEWAY_DOWNGRADE: { name: string; current: string; offered: string }
  GATEWAY_INTEGRITY: { name: string; version: string; detail: string }
  GATEWAY_INSTALL_FAILED: { name: string; version: string; detail: string }
  GATEWAY_INSTALL_TOO_LARGE: { name: string; version: string; limitBytes: number }
  GATEWAY_INSTALL_NO_SPACE: { path: string; bytes: number; neededBytes: number }
  /** It needs a newer Node than the one that would run it. */
  GATEWAY_NEEDS_NODE: { name: string; version: string; needs: string; node: string }
  GATEWAY_NOT_A_GATEWAY: { name: string; version: string; detail: string }
  /** The former one runs again. */
  GATEWAY_UPDATE_UNDONE: { from: string; to: string; detail: string }
  GATEWAY_NOT_INSTALLED: { id: string }
  GATEWAY_IN_USE: { id: string }
  UPDATE_BUSY: { step: string }
}
