import { windowBridgeName } from '../../../shared/window-bridge.ts'

/** Whether this page is in a browser, and not in the window of the desktop application. */
export function isInBrowser(): boolean {
  return window[windowBridgeName] === undefined
}
