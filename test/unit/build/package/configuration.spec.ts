import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builderLibrary } from '../../../../build/package/builder-library.ts'
import { configurationFor, desktopEntry } from '../../../../build/package/configuration.ts'
import type { Target } from '../../../../build/package/target.ts'
import { root } from '../../../../build/prepare/root.mjs'
import type { PackageKind } from '../../../../shared/release-manifest.ts'

const { validateConfiguration } = builderLibrary('app-builder-lib/out/util/config/config.js')
const { DebugLogger } = builderLibrary('builder-util')

const packages: readonly (readonly [PackageKind, Target])[] = [
  ['appimage', { platform: 'linux', arch: 'x64' }],
  ['deb', { platform: 'linux', arch: 'arm64' }],
  ['dmg', { platform: 'darwin', arch: 'arm64' }],
]
const configured = (kind: PackageKind, target: Target, signing = { canSign: true, canNotarize: true }) =>
  configurationFor({
    root,
    target,
    kind,
    stage: { app: '/stage/app', resources: '/stage/resources' },
    debScripts: { afterInstall: '/stage/after-install.sh', afterRemove: '/stage/after-remove.sh' },
    output: '/out',
    version: '1.2.3',
    electronVersion: '45.4.1',
    electronDist: null,
    maintainer: 'Somebody <somebody@example.org>',
    homepage: 'https://example.org',
    ...signing,
    async afterExtract() {},
    async afterPack() {},
  })

describe('the configuration of electron-builder', () => {
  it.each(packages)('for %s %o has only options that it knows', async (kind, target) => {
    await expect(
      validateConfiguration(configured(kind, target), new DebugLogger(false)),
    ).resolves.toBeUndefined()
  })

  it('is held against a schema that would tell', async () => {
    const bent = { ...configured('dmg', { platform: 'darwin', arch: 'arm64' }), mac: { hardenRuntime: true } }
    await expect(validateConfiguration(bent, new DebugLogger(false))).rejects.toThrow('configuration.mac')
  })

  it.each(packages)(
    'for %s %o takes no packages by itself, compiles and publishes nothing',
    async (kind, target) => {
      const { beforeBuild, publish, files } = configured(kind, target)
      expect(typeof beforeBuild === 'function' && (await beforeBuild({} as never))).toBe(false)
      expect(publish).toBeNull()
      expect(files).toEqual(['package.json', 'desktop*.mjs', 'preload.cjs', 'icons/**/*.png'])
    },
  )

  it('names each package by system and architecture', () => {
    const names = packages.map(([kind, target]) => configured(kind, target).artifactName?.split('.$')[0])
    expect(names).toEqual([
      'moltbot-desktop-1.2.3-linux-x64',
      'moltbot-desktop-1.2.3-linux-arm64',
      'moltbot-desktop-1.2.3-macos-arm64',
    ])
  })

  it('hardens the macOS application, and lets V8 compile in it and in the plain Node', () => {
    const { mac } = configured('dmg', { platform: 'darwin', arch: 'arm64' })
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true, minimumSystemVersion: '13.0' })
    expect(mac?.extendInfo).toMatchObject({ LSUIElement: true, NSUserNotificationAlertStyle: 'alert' })
    const entitlementsIn = (path: unknown) =>
      [
        ...readFileSync(String(path), 'utf8').matchAll(/<key>com\.apple\.security\.(.+)<\/key>\s*<true\/>/g),
      ].map(([, name]) => name)
    expect(entitlementsIn(mac?.entitlements)).toEqual(['cs.allow-jit'])
    expect(entitlementsIn(mac?.entitlementsInherit)).toEqual([
      'cs.allow-jit',
      'cs.allow-unsigned-executable-memory',
      'cs.disable-library-validation',
    ])
  })

  it('signs for this Mac alone where there is no certificate, as Apple silicon asks for', () => {
    const without = { canSign: false, canNotarize: true }
    const { mac } = configured('dmg', { platform: 'darwin', arch: 'arm64' }, without)
    expect(mac).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false })
  })

  it('has no space in the folder below /opt, and the whole name in the menu', () => {
    const { productName, linux, toolsets } = configured('deb', { platform: 'linux', arch: 'x64' })
    expect([productName, desktopEntry.Name]).toEqual(['moltbot-desktop', 'Moltbot Desktop'])
    expect(linux?.syncDesktopName).toBe(true)
    // The older one starts Chromium without its sandbox.
    expect(toolsets?.appimage).toBe('1.0.3')
  })

  it('says in Chinese what it says in English', () => {
    const entries = Object.entries(desktopEntry)
    for (const name of ['Name', 'GenericName', 'Keywords']) {
      expect(desktopEntry[`${name}[zh_CN]`], name).toMatch(/\p{Script=Han}/u)
    }
    expect(entries.filter(([name]) => name.endsWith('[zh_CN]'))).toHaveLength(4)
    const { description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(description).toBeTruthy()
  })
})
