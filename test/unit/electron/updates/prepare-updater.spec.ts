import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppImageUpdater } from 'electron-updater'
import { expect, it } from 'vitest'
import { adapterOf, prepareUpdater } from '../../../../electron/updates/prepare-updater.ts'
import { aManifest } from '../../../fixtures/release-feed.ts'

it('electron-updater does nothing by itself: no download, no older version, no install at a quit, no id', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'moltbot-prepared-'))
  const newest = aManifest(Buffer.from('new'), { version: '0.9.0', channel: 'beta' })
  const quit = () => {}
  try {
    const updater = new AppImageUpdater(null, adapterOf({ version: '1.0.0', folder, quit, relaunch: quit }))
    const source = {
      channel: 'beta' as const,
      newest: async () => newest,
      addressOf: () => new URL('https://example.org/x'),
      download: () => Promise.reject(new Error('nobody asked for it')),
    }
    prepareUpdater(updater, source, folder)
    expect(updater).toMatchObject({
      autoDownload: false,
      autoInstallOnAppQuit: false,
      channel: 'beta',
      allowDowngrade: false,
      disableDifferentialDownload: true,
    })
    process.env.APPIMAGE = join(folder, 'x.AppImage')
    // Even if what judges releases let it pass.
    expect(await updater.checkForUpdates()).toMatchObject({ isUpdateAvailable: false })
    expect(readdirSync(folder)).toEqual([])
  } finally {
    delete process.env.APPIMAGE
    rmSync(folder, { recursive: true, force: true })
  }
})
