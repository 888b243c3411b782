import { describe } from 'vitest'
import { describeWith } from '../../setup/requirements.ts'
import type { DesktopDriver, DesktopStart } from './desktop-driver.ts'
import { ElectronDriver, missingElectron } from './electron-driver.ts'
import { StandInDriver } from './stand-in-driver.ts'

export type StartDesktop = (start: DesktopStart) => Promise<DesktopDriver & { end(): Promise<void> }>

/** The same specs in the Electron stand-in and, where its runtime is installed, in Electron itself. */
export function describeOnEachDesktop(name: string, specs: (start: StartDesktop) => void): void {
  describeWith(['chromium', 'procfs', 'dbus'], `${name}, in the stand-in`, () =>
    specs(async (start) => StandInDriver.start(start)),
  )
  const reason = missingElectron()
  if (reason === null) describe(`${name}, in Electron`, () => specs(ElectronDriver.start))
  else describe.skip(`${name}, in Electron [${reason}]`, () => specs(ElectronDriver.start))
}
