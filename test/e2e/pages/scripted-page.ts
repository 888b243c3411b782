import type { Browser } from 'playwright-core'
import type { Snapshot } from '../../../shared/host-api.ts'
import type { TimelineEntry } from '../../../shared/timeline.ts'
import { type Look, openPage } from '../../fixtures/open-page.ts'
import { ScriptedHost } from '../../fixtures/scripted-host.ts'
import { OverviewPage } from './overview-page.ts'

/** A scripted host and a page that has shown its state. */
export async function openScripted(
  browser: Browser,
  snapshot: Snapshot,
  look: Look = {},
  earlier: readonly TimelineEntry[] = [],
) {
  const host = new ScriptedHost(snapshot, earlier)
  await host.open()
  const opened = await openPage(browser, look)
  await opened.page.goto(host.address())
  await opened.page.locator('.frame').waitFor()
  const close = async () => {
    await opened.context.close()
    await host.close()
  }
  return { host, ...opened, overview: new OverviewPage(opened.page), close }
}

export type Scripted = Awaited<ReturnType<typeof openScripted>>
