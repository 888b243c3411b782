import type { Problem } from '../../shared/problem.ts'
import type { AppChannel, Offer } from '../../shared/updates.ts'

/**
 * What the shell can do for the application's own update. The desktop application gives one; a host
 * without it says why it has none. Nothing throws; each outcome is a value.
 */
export interface AppUpdater {
  /** Why this copy cannot update itself, or null. */
  readonly unavailable: Problem | null
  /** Why the last installation failed, where it did so when nobody could be told any more; said once. */
  readonly former: Problem | null
  /** The newer version on that channel, or null. Limited in time by itself. */
  check(channel: AppChannel): Promise<{ ok: true; offer: Offer | null } | ({ ok: false } & Problem)>
  /** Downloads and verifies what `check` offered. `progress`: bytes so far and in all. */
  download(
    progress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<{ ok: true; bytes: number } | ({ ok: false } & Problem)>
  /** Has the application leave in order and the downloaded version installed; `now` opens it afterwards. */
  installNow(): Promise<Problem | null>
  /** To be installed when the application is next left, or no longer. */
  installOnQuit(wanted: boolean): void
}
