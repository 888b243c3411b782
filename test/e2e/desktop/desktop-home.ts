import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { DesktopSession } from '../../fixtures/desktop-session.ts'
import { makeHome, type TestHome, until } from '../../fixtures/host-under-test.ts'
import { processesWith } from '../../fixtures/kernel.ts'
import type { DesktopStart } from '../drivers/desktop-driver.ts'
import { StandInDriver } from '../drivers/stand-in-driver.ts'

const withFakeGateway = resolve(import.meta.dirname, '../../fixtures/electron-stand-in/fake-gateway-main.ts')

/** A person's home with the desktop application in it; nothing of it may be left after a spec. */
export class DesktopHome {
  home!: TestHome // made before each spec
  session!: DesktopSession // … and this
  readonly #started: StandInDriver[] = []

  /** `file`: one home for all specs of the file, which leave the application as they found it. */
  constructor(per: 'spec' | 'file' = 'spec') {
    const [before, after] = per === 'spec' ? [beforeEach, afterEach] : [beforeAll, afterAll]
    before(async () => {
      this.home = await makeHome()
      this.session = await DesktopSession.start(this.home.folder)
      await this.session.addPanel()
    })
    after(async () => {
      for (const app of this.#started.splice(0)) await app.end()
      await this.session.end()
      // Chromium's helpers end a moment after their browser, the watchdog one after its host.
      await until(() => processesWith(this.home.folder).length === 0, 'no process left', 3_000).catch(
        () => {},
      )
      const left = processesWith(this.home.folder)
      await this.home.remove()
      expect(left, 'processes left behind').toEqual([])
    })
  }

  /** The built application with the gateway that came with it, or with a fake one that has these switches. */
  start({
    fake,
    args = [],
    ...more
  }: Partial<DesktopStart> & { fake?: readonly string[] } = {}): StandInDriver {
    const app = StandInDriver.start({
      env: {
        ...this.home.env,
        DBUS_SESSION_BUS_ADDRESS: this.session.address,
        ...more.env,
        ...(fake && { MOLTBOT_FAKE_GATEWAY: JSON.stringify(fake) }),
      },
      ...(fake && { main: withFakeGateway }),
      ...(more.main && { main: more.main }),
      ...(more.language && { language: more.language }),
      ...(more.scheme && { scheme: more.scheme }),
      args: ['--port', '0', '--gateway-port', String(this.home.gatewayPort), ...args],
    })
    this.#started.push(app)
    return app
  }

  /** Living processes of the application, by the kernel. */
  left(): number[] {
    return processesWith(this.home.folder).filter((pid) => pid !== this.session.pid)
  }

  /** Whether the gateway's port is answered. */
  answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.home.gatewayPort}/health`).then(
      (response) => response.ok,
      () => false,
    )
  }

  /** The pid that the fake gateway tells; 0 where none answers. */
  async gatewayPid(): Promise<number> {
    const health: unknown = await fetch(`http://127.0.0.1:${this.home.gatewayPort}/health`)
      .then((answer) => answer.json())
      .catch(() => null)
    return typeof health === 'object' && health && 'pid' in health ? Number(health.pid) : 0
  }
}

/** Waits until the tray speaks so in its first line. */
export async function trayReads(app: StandInDriver, text: string | RegExp, limitMs = 10_000): Promise<void> {
  let last = 'no tray'
  await until(
    async () => {
      const tray = await app.tray()
      last = tray?.menu[0]?.label ?? 'no tray'
      return typeof text === 'string' ? last.includes(text) : text.test(last)
    },
    `the tray to read ${text}`,
    limitMs,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; it reads ${last}\n${app.output()}`)
  })
}
