import { describe } from 'vitest'
import { findChromium } from '../../build/test/chromium.ts'
import { missing, type Requirement } from '../../build/test/requirements.ts'

/**
 * `describe` for specs that need something of the machine: where it is missing they are skipped, each with
 * the reason.
 */
export function describeWith(needs: readonly Requirement[], name: string, specs: () => void): void {
  const reason = needs.map(missing).find((text) => text !== null)
  if (reason === undefined) describe(name, specs)
  else describe.skip(`${name} [${reason}]`, specs)
}

/** For {@link describeWith}`(['chromium'], …)`, where it cannot be missing. */
export function chromiumPath(): string {
  const path = findChromium()
  if (path === null) throw new Error('Only specs under describeWith(["chromium"], …) may ask for Chromium.')
  return path
}
