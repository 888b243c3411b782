import { describe, expect, it } from 'vitest'
import { childEnvironment } from '../../../../host/child/child-environment.ts'

describe("a gateway's environment", () => {
  it('names the same folders as the host, which runs in another one', () => {
    const env = { MOLTBOT_STATE_DIR: 'state', CLAWDBOT_CONFIG_PATH: '~/moltbot.json', MOLTBOT_LOG_DIR: '' }
    expect(childEnvironment(env, { nonce: 'ab', runId: 'run-3' })).toMatchObject({
      MOLTBOT_STATE_DIR: `${process.cwd()}/state`,
      CLAWDBOT_CONFIG_PATH: '~/moltbot.json',
      MOLTBOT_LOG_DIR: '',
    })
  })

  it("is the person's own, without what belongs to a shell around it, and carries our marks", () => {
    const appDir = '/tmp/.mount_Moltbo1a2b'
    const env = {
      HOME: '/home/ada',
      ANTHROPIC_API_KEY: 'kept',
      PATH: `${appDir}/usr/bin:/usr/bin:${appDir}:/bin`,
      XDG_DATA_DIRS: `${appDir}/usr/share:/usr/share`,
      APPDIR: appDir,
      APPIMAGE: '/home/ada/Moltbot.AppImage',
      ARGV0: 'x',
      OWD: '/',
      LD_LIBRARY_PATH: `${appDir}/usr/lib`,
      GSETTINGS_SCHEMA_DIR: 'x',
      CHROME_DESKTOP: 'moltbot.desktop',
      ELECTRON_RUN_AS_NODE: '1',
      ELECTRON_ANYTHING: '1',
      NODE_OPTIONS: '--inspect',
      npm_config_registry: 'x',
    }
    expect(childEnvironment(env, { nonce: 'ab', runId: 'run-3' })).toEqual({
      HOME: '/home/ada',
      ANTHROPIC_API_KEY: 'kept',
      PATH: '/usr/bin:/bin',
      XDG_DATA_DIRS: '/usr/share',
      MOLTBOT_SUPERVISOR: 'ab',
      MOLTBOT_RUN: 'ab.run-3',
    })
  })

  it("has nothing of what an AppImage's AppRun exports", () => {
    const appDir = '/tmp/.mount_Moltbo1a2b'
    const before = {
      PATH: '/usr/local/bin:/usr/bin',
      XDG_DATA_DIRS: '/var/lib/flatpak/exports/share',
      HOME: '/home/ada',
    }
    const exported = {
      ...before,
      APPDIR: appDir,
      APPIMAGE: '/home/ada/Moltbot.AppImage',
      ARGV0: './Moltbot.AppImage',
      OWD: '/home/ada',
      PATH: `${appDir}:${appDir}/usr/sbin:${before.PATH}`,
      XDG_DATA_DIRS: `${appDir}/usr/share/:${before.XDG_DATA_DIRS}:${appDir}x/share`,
      LD_LIBRARY_PATH: `${appDir}/usr/lib:`,
      GSETTINGS_SCHEMA_DIR: `${appDir}/usr/share/glib-2.0/schemas:`,
      CHROME_DESKTOP: 'moltbot.desktop',
      ELECTRON_NO_ATTACH_CONSOLE: '1',
      MOLTBOT_READY_FILE: '/tmp/moltbot-start.x/ready',
    }
    const child = childEnvironment(exported, { nonce: 'ab', runId: 'run-3' })
    expect(Object.values(child).filter((value) => value?.includes(`${appDir}/`) || value === appDir)).toEqual(
      [],
    )
    expect(child).toEqual({
      ...before,
      // A neighbour's folder only looks like it.
      XDG_DATA_DIRS: `${before.XDG_DATA_DIRS}:${appDir}x/share`,
      MOLTBOT_SUPERVISOR: 'ab',
      MOLTBOT_RUN: 'ab.run-3',
    })
  })
})
