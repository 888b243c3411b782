import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readDesktopEntry, readExec } from '../../../host/login-item/desktop-entry.ts'
import { connectToHost } from '../../../host/transports/control-client.ts'
import { describeWith } from '../../setup/requirements.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

describeWith(['chromium', 'procfs', 'dbus'], 'the desktop application at login', () => {
  const desktop = new DesktopHome()

  it('enters itself, without its window, and takes itself out', async () => {
    const { env, hostDir } = desktop.home
    const app = desktop.start({ args: ['--no-open'] })
    await trayReads(app, 'Running')
    const host = await connectToHost({ lockPath: join(hostDir, 'host.lock') })
    const path = join(env.HOME ?? '', '.config/autostart/bot.molt.MoltbotDesktop.desktop')
    expect(await host?.call('loginItem.change', { on: true })).toMatchObject({
      ok: true,
      value: { state: 'on', opens: 'app', path },
    })
    const [program, folder, ...options] = readExec(
      readDesktopEntry(readFileSync(path, 'utf8')).get('Exec') ?? '',
    )
    // What runs now, and the folder that it was given as its application.
    expect(readFileSync(`/proc/${app.pid}/cmdline`, 'utf8').split('\0')).toContain(program)
    expect([folder?.startsWith('/'), options]).toEqual([true, ['--no-open']])
    expect(await host?.call('loginItem.change', { on: false })).toMatchObject({
      ok: true,
      value: { state: 'off' },
    })
    host?.close()
    await app.quit('tray')
    expect(await app.exited).toBe(0)
  })
})
