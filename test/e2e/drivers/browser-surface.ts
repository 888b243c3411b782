import type { Browser } from 'playwright-core'
import { launchChromium, openPage } from '../../fixtures/open-page.ts'
import { ScriptedHost } from '../../fixtures/scripted-host.ts'
import type { Surface } from './surface.ts'

/** Pages of one Chromium, each with a session of its own. */
export function browserSurface(): Surface {
  let browser: Promise<Browser> | undefined
  return {
    name: 'browser',
    async openScripted(snapshot, look, earlier) {
      browser ??= launchChromium()
      const host = new ScriptedHost(snapshot, earlier)
      await host.open()
      const { page, context, faults } = await openPage(await browser, look)
      await page.goto(host.address())
      const close = async () => {
        await context.close()
        await host.close()
      }
      return { host, page, faults, close }
    },
    async close() {
      await (await browser)?.close()
    },
  }
}
