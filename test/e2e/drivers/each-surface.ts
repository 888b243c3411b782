import { afterAll } from 'vitest'
import type { Requirement } from '../../../build/test/requirements.ts'
import { describeWith } from '../../setup/requirements.ts'
import { browserSurface } from './browser-surface.ts'
import type { Surface } from './surface.ts'
import { windowSurface } from './window-surface.ts'

/** The same specs for every place where the page is shown. */
export function describeOnEachSurface(
  needs: readonly Requirement[],
  name: string,
  specs: (surface: Surface) => void,
): void {
  for (const open of [browserSurface, windowSurface]) {
    const surface = open()
    describeWith(['chromium', ...needs], `${name}, ${surface.name}`, () => {
      afterAll(() => surface.close())
      specs(surface)
    })
  }
}
