import type { Snapshot } from '../../../shared/host-api.ts'
import type { TimelineEntry } from '../../../shared/timeline.ts'
import type { Look } from '../../fixtures/open-page.ts'
import type { Surface } from '../drivers/surface.ts'
import { OverviewPage } from './overview-page.ts'

/** A scripted host and a page that has shown its state. */
export async function openScripted(
  surface: Surface,
  snapshot: Snapshot,
  look: Look = {},
  earlier: readonly TimelineEntry[] = [],
) {
  const opened = await surface.openScripted(snapshot, look, earlier)
  await opened.page.locator('.state-line-word').waitFor()
  return { ...opened, overview: new OverviewPage(opened.page) }
}

export type Scripted = Awaited<ReturnType<typeof openScripted>>
