import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stagePackage } from '../../../build/package/stage.ts'
import { ownTarget } from '../../../build/package/target.ts'
import { root } from '../../../build/prepare/root.mjs'
import { version } from '../../../shared/version.ts'
import { describeWith } from '../../setup/requirements.ts'
import { OverviewPage } from '../pages/overview-page.ts'
import { DesktopHome, trayReads } from './desktop-home.ts'

const run = promisify(execFile)
const target = ownTarget()
const needs = target?.platform === 'linux' ? (['chromium', 'procfs', 'dbus'] as const) : (['procfs'] as const)

/** Laid out as in a package, with the archive as a folder of its name: only Electron itself can read one. */
describeWith(needs, 'the packaged desktop application', () => {
  const desktop = new DesktopHome()
  let base: string
  const mount = () => join(base, '.mount_Moltbo1')
  const resources = () => join(mount(), 'resources')
  const main = () => join(resources(), 'app.asar', 'desktop.mjs')
  const copies = () => join(desktop.home.env.MOLTBOT_HOST_DIR ?? '', 'runtime')
  const programOf = (pid: number) => readlinkSync(`/proc/${pid}/exe`)
  const moltbot = async (folder: string, ...args: string[]) => {
    const { stdout } = await run(join(folder, 'moltbot'), args, { env: desktop.home.env, cwd: '/' })
    return stdout
  }

  beforeAll(async () => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot packed ')))
    if (!target) throw new Error('Packages are built on macOS and Linux.')
    const staged = await stagePackage({
      root,
      folder: join(base, 'stage'),
      target,
      kind: 'appimage',
      env: {},
    })
    cpSync(staged.resources, resources(), { recursive: true })
    cpSync(staged.app, join(resources(), 'app.asar'), { recursive: true })
  })
  afterAll(() => rmSync(base, { recursive: true, force: true }))

  it('runs its own Node, page and threads from beside the archive', async () => {
    const app = desktop.start({ main: main() })
    await trayReads(app, 'Running')
    const overview = new OverviewPage(await app.page())
    await overview.says('The gateway is running')
    expect(programOf(Number(await overview.fact('PID')))).toBe(join(resources(), 'node'))
    // A thread of the application's own process, and the command line, which asks it.
    expect(await moltbot(resources(), 'backup', 'create', '--to', base)).toContain('.tar.gz.age')
    expect(app.faults).toEqual([])
    await app.quit('tray')
    expect(await app.exited).toBe(0)
    expect(existsSync(copies())).toBe(false)
  })

  it('as an AppImage, has what outlives it in the host’s folder', async () => {
    const env = { APPIMAGE: join(base, 'Moltbot.AppImage'), APPDIR: mount() }
    const app = desktop.start({ main: main(), env, args: ['--no-open'] })
    await trayReads(app, 'Running', 40_000) // 140 MB are copied and brought to the disk first
    const copy = copies()
    const { pid } = JSON.parse(await moltbot(join(copy, 'current'), 'service', 'status', '--json'))
    expect(programOf(pid)).toBe(join(copy, version, 'node'))
    await app.quit('tray')
    expect(await app.exited).toBe(0)
    rmSync(mount(), { recursive: true })
    expect(await moltbot(join(copy, 'current'), '--version')).toBe(`${version}\n`)
  })
})
