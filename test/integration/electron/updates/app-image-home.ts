import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appImagePackage } from '../../../../electron/updates/appimage-package.ts'
import { SelfUpdater } from '../../../../electron/updates/self-updater.ts'
import type { AppUpdater } from '../../../../host/updates/app-updater.ts'
import type { AppChannel } from '../../../../shared/updates.ts'
import { aProgram, sha512, type TestFeed } from '../../../fixtures/release-feed.ts'

/** Long enough for loopback, short enough for a spec. */
export const shortLimits = { idleMs: 250, wholeMs: 1_000 }

/** A folder with an AppImage that runs version 1.0.0, and electron-updater's own class that replaces it. */
export class AppImageHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'moltbot-update-'))
  readonly appImage = join(this.folder, 'Moltbot Desktop.AppImage')
  readonly old = aProgram('1.0.0', 300_000)
  /** What the way out was asked for, in its order. */
  readonly order: string[] = []
  onQuit: (() => Promise<void>) | null = null
  isLeaving = false
  now = Date.now()

  constructor() {
    writeFileSync(this.appImage, this.old)
    chmodSync(this.appImage, 0o755)
    process.env.APPIMAGE = this.appImage
  }

  updater(feed: TestFeed, current = '1.0.0'): AppUpdater {
    const folder = join(this.folder, 'updates')
    const quit = () => void this.order.push('quit')
    return new SelfUpdater({
      settings: { feed: feed.url, publicKey: feed.keys.publicKey, package: 'appimage' },
      current,
      folder,
      fetch,
      now: () => this.now,
      limits: shortLimits,
      downloadLimits: { idleMs: 250, wholeMs: 10_000 },
      leaving: {
        handOver: (install) => {
          if (this.isLeaving) return false
          this.order.push('host stopped', 'lock released')
          install()
          return true
        },
        installOnQuit: (install) => {
          this.onQuit = install
        },
      },
      quit,
      packageOf: async (source) =>
        appImagePackage({
          source,
          folder,
          version: current,
          target: this.appImage,
          // As the AppImage's own start script leaves it.
          env: {
            PATH: `/tmp/.mount_old:/tmp/.mount_old/usr/sbin:${process.env.PATH}`,
            XDG_DATA_DIRS: '/tmp/.mount_old/usr/share/:/usr/share/',
            APPIMAGE: this.appImage,
            APPDIR: '/tmp/.mount_old',
          },
          quit,
          said: (error) => void this.order.push(error.message),
        }),
    })
  }

  /** All that a person does to have the newest version; the code of what refused it. */
  async update(updater: AppUpdater, channel: AppChannel = 'stable'): Promise<string> {
    const found = await updater.check(channel)
    if (!found.ok) return found.code
    if (!found.offer) return 'nothing newer'
    const downloaded = await updater.download(() => {}, new AbortController().signal)
    if (!downloaded.ok) return downloaded.code
    return (await updater.installNow())?.code ?? `installed ${found.offer.version}`
  }

  /** By its bytes; fails where it could not be started. */
  inPlace(): string {
    const isExecutable = (statSync(this.appImage).mode & 0o111) === 0o111
    if (!isExecutable) throw new Error('the AppImage cannot be started')
    return sha512(readFileSync(this.appImage))
  }

  /** What it says of itself. */
  run(): string {
    return spawnSync(this.appImage, { encoding: 'utf8' }).stdout.split('\n')[0] ?? ''
  }

  /** Bytes of what a download left behind. */
  leftovers(): string[] {
    const beside = readdirSync(this.folder).filter((name) => name.includes('.moltbot-new'))
    try {
      return [...beside, ...readdirSync(join(this.folder, 'updates', 'pending'))]
    } catch {
      return beside
    }
  }

  remove(): void {
    delete process.env.APPIMAGE
    rmSync(this.folder, { recursive: true, force: true })
  }
}
