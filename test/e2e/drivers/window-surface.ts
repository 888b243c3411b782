import { resolve } from 'node:path'
import { makeHome } from '../../fixtures/host-under-test.ts'
import { ScriptedSocket } from '../../fixtures/scripted-socket.ts'
import { StandInDriver } from './stand-in-driver.ts'
import type { Surface } from './surface.ts'

const scriptedMain = resolve(import.meta.dirname, '../../fixtures/electron-stand-in/scripted-main.ts')

/** The window of the desktop application, in the Electron stand-in; each page is an application of its own. */
export function windowSurface(): Surface {
  return {
    name: 'window',
    async openScripted(snapshot, look, earlier) {
      const home = await makeHome()
      const host = new ScriptedSocket(snapshot, earlier)
      const socket = `${home.folder}/scripted.sock`
      await host.listen(socket)
      const { language = 'en', scheme = 'light', width = 1280, height = 800 } = look
      const app = StandInDriver.start({
        env: { ...home.env, MOLTBOT_SCRIPTED_HOST: socket },
        main: scriptedMain,
        language,
        scheme,
      })
      const close = async () => {
        await app.end()
        await host.close()
        await home.remove()
      }
      try {
        const page = await app.page()
        await app.moveWindow({ ...(await app.bounds()), width, height })
        // Replaces what the application chose, so only where it is asked for, and the scheme with it.
        if (look.reducedMotion)
          await page.emulateMedia({ reducedMotion: look.reducedMotion, colorScheme: scheme })
        return { host, page, faults: app.faults, close }
      } catch (error) {
        await close()
        throw error
      }
    },
    async close() {},
  }
}
