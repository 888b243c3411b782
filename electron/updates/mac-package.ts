import type { AutoUpdater } from 'electron'
import { MacUpdater } from 'electron-updater'
import type { PackageUpdater, ReadyInstall } from './package-updater.ts'
import { adapterOf, prepareUpdater, type ReleaseSource } from './prepare-updater.ts'

/** Squirrel unpacks the archive and checks who signed it. */
const stagingLimitMs = 120_000

interface MacParts {
  readonly version: string
  readonly folder: string
  readonly source: ReleaseSource
  readonly squirrel: AutoUpdater
  quit(): void
  relaunch(): void
}

/** On macOS Squirrel replaces the application: it takes the archive from electron-updater over loopback. */
export function macPackage(parts: MacParts): PackageUpdater {
  const { squirrel } = parts
  const updater = new MacUpdater(undefined, adapterOf(parts))
  prepareUpdater(updater, parts.source, parts.folder)
  return {
    updater,
    async makeReady(): Promise<ReadyInstall> {
      await staged(squirrel)
      return {
        finish(reopens) {
          // What Squirrel has taken is in place at the next start in any case.
          if (reopens) updater.quitAndInstall()
          return !reopens
        },
        async discard() {}, // Squirrel keeps it, and takes the next one instead
      }
    },
    async tidy() {}, // Squirrel does
    reopen: () => parts.relaunch(),
  }
}

/** While the gateway still runs: a wrong signature of Apple's kind is found here. */
function staged(squirrel: AutoUpdater): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      squirrel.off('update-downloaded', taken)
      squirrel.off('error', failed)
      squirrel.off('update-not-available', none)
    }
    const taken = () => {
      done()
      resolve()
    }
    const failed = (error: Error) => {
      done()
      reject(error)
    }
    const none = () => failed(new Error('Squirrel found no update'))
    const timer = setTimeout(() => failed(new Error('Squirrel did not answer')), stagingLimitMs)
    squirrel.on('update-downloaded', taken)
    squirrel.on('error', failed)
    squirrel.on('update-not-available', none)
    squirrel.checkForUpdates()
  })
}
