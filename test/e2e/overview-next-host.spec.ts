import { expect, it } from 'vitest'
import { HostUnderTest, makeHome } from '../fixtures/host-under-test.ts'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { describeWith } from '../setup/requirements.ts'
import { realGateway } from './drivers/real-surface.ts'
import { OverviewPage } from './pages/overview-page.ts'

describeWith(['chromium'], 'a page that outlives its host', () => {
  it('says that the host has gone, and asks for a fresh address of the next one', async () => {
    const home = await makeHome()
    const browser = await launchChromium()
    let host = HostUnderTest.start(home, [], realGateway)
    try {
      const { page } = await openPage(browser)
      const overview = new OverviewPage(page)
      await page.goto(await host.link())
      await overview.says('The gateway is running')
      await host.leave()
      await overview.notice.waitFor()
      expect(await overview.stateLine.innerText()).toContain('No connection')
      const { port } = new URL(page.url())
      host = HostUnderTest.start(home, [], realGateway, ['--port', port])
      await host.link()
      await overview.says('This page needs a fresh address')
      await page.goto(await host.link())
      await overview.says('The gateway is running')
    } finally {
      await browser.close()
      await host.leave()
      await home.remove()
    }
  })
})
