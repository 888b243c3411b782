import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { HostUnderTest, type TestHome } from '../../fixtures/host-under-test.ts'
import { launchChromium, openPage } from '../../fixtures/open-page.ts'
import { StandInDriver } from './stand-in-driver.ts'

export interface RealPage {
  readonly page: Page
  readonly faults: string[]
  /** Asks the host to leave, and waits until it has. */
  leave(): Promise<void>
}

/** A real host with the real gateway, and the page that a person has of it. */
export interface RealSurface {
  readonly name: 'browser' | 'window'
  open(home: TestHome): Promise<RealPage>
  close(): Promise<void>
}

export const realGateway = [
  process.execPath,
  resolve(import.meta.dirname, '../../../gateway/cli/main.ts'),
  'gateway',
]

export function realBrowser(): RealSurface {
  let browser: Promise<Browser> | undefined
  return {
    name: 'browser',
    async open(home) {
      browser ??= launchChromium()
      const host = HostUnderTest.start(home, [], realGateway)
      const { page, context, faults } = await openPage(await browser)
      await page.goto(await host.link())
      const leave = async () => {
        await context.close()
        await host.leave()
      }
      return { page, faults, leave }
    },
    async close() {
      await (await browser)?.close()
    },
  }
}

/** The built application, as it is started by a person. */
export function realWindow(): RealSurface {
  return {
    name: 'window',
    async open(home) {
      const args = ['--port', '0', '--gateway-port', String(home.gatewayPort)]
      const app = StandInDriver.start({ env: home.env, args })
      try {
        return { page: await app.page(), faults: app.faults, leave: () => app.end() }
      } catch (error) {
        await app.end()
        throw error
      }
    },
    async close() {},
  }
}
