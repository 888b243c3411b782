import { afterAll } from 'vitest'
import type { Requirement } from '../../../build/test/requirements.ts'
import { describeWith } from '../../setup/requirements.ts'
import { browserSurface } from './browser-surface.ts'
import type { Surface } from './surface.ts'
import { windowSurface } from './window-surface.ts'

type Specs = (surface: Surface) => void

/** The same specs for every place where the page is shown: for what transport, preload or scheme could spoil. */
export function describeOnEachSurface(needs: readonly Requirement[], name: string, specs: Specs): void {
  for (const open of [browserSurface, windowSurface]) describeOn(open(), needs, name, specs)
}

/** For what a page makes of a state once it has it: the window shows the very same files in the same Chromium. */
export function describeInBrowser(needs: readonly Requirement[], name: string, specs: Specs): void {
  describeOn(browserSurface(), needs, name, specs)
}

function describeOn(surface: Surface, needs: readonly Requirement[], name: string, specs: Specs): void {
  describeWith(['chromium', ...needs], `${name}, ${surface.name}`, () => {
    afterAll(() => surface.close())
    specs(surface)
  })
}
