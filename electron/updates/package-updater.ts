import type { AppUpdater } from 'electron-updater'
import type { ReleaseManifest } from '../../shared/release-manifest.ts'

/** A downloaded release. */
export interface Downloaded {
  readonly path: string
  readonly manifest: ReleaseManifest
}

/** One kind of package, and how it is replaced. */
export interface PackageUpdater {
  /** electron-updater's own, which looks and downloads. */
  readonly updater: AppUpdater
  /**
   * Does all that may go wrong, while everything still runs. Rejects with an error whose message says why.
   */
  makeReady(downloaded: Downloaded): Promise<ReadyInstall>
  /** Removes what an installation that was cut off has left behind. */
  tidy(): Promise<void>
  /** Opens the version that is in place, as this process ends. */
  reopen(): void
}

/** Only the last step is missing. */
export interface ReadyInstall {
  /**
   * Puts the new version in place, and opens it where it is to. The host has ended and the lock is free. True
   * where the application still has to be quit; throws where the former version stays.
   */
  finish(reopens: boolean): boolean
  discard(): Promise<void>
}
