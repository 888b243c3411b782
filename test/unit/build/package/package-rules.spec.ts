import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nativePackages } from '../../../../build/package/native-packages.ts'
import { isExpected, isExpectedInArchive, requiredFiles } from '../../../../build/package/package-rules.ts'
import type { Target } from '../../../../build/package/target.ts'
import { root } from '../../../../build/prepare/root.mjs'

const linux: Target = { platform: 'linux', arch: 'x64' }
const mac: Target = { platform: 'darwin', arch: 'arm64' }

describe('what a package may have', () => {
  it.each([
    ['app/main.mjs.map', linux],
    ['app/main.ts', linux],
    ['app/.compile-cache/v24/0', linux],
    ['app/.env', linux],
    ['renderer/assets/index.js.map', linux],
    ['host/host.ts', linux],
    ['test/fixtures/canary.ts', linux],
    ['node_modules/zod/index.js', linux],
    ['node_modules/npm-evil/index.js', linux],
    ['node_modules/npm/docs/output/index.html', linux],
    ['node_modules/npm/man/man1/npm.1', linux],
    ['node_modules/npm/node_modules/archy/test/beep.js', linux],
    ['node_modules/@lydell/node-pty/windowsTerminal.js', linux],
    ['node_modules/@lydell/node-pty-darwin-arm64/pty.node', linux],
    ['package-type', linux],
    ['node_modules/@lydell/node-pty-linux-x64/pty.node', mac],
    ['app/main.mjs.map', mac],
  ] as const)('is not %s', (file, target) => {
    expect(isExpected(file, target)).toBe(false)
  })

  it.each([
    ['app/main.mjs', linux],
    ['app/log-folder-Cxfn5wJy.mjs', linux],
    ['renderer/assets/index-DN_KIreR.js', linux],
    ['node_modules/npm/node_modules/glob/LICENSE.md', linux],
    ['node_modules/npm/lib/npm.js', linux],
    ['release.json', linux],
    ['zh_CN.lproj/InfoPlist.strings', mac],
  ] as const)('is %s', (file, target) => {
    expect(isExpected(file, target)).toBe(true)
  })

  it('has only what Electron runs or shows in the archive', () => {
    const files = ['desktop.mjs', 'desktop-surfaces-C9o4nX0Q.mjs', 'icons/tray/macos/failedTemplate@2x.png']
    expect(files.filter((file) => !isExpectedInArchive(file))).toEqual([])
    const others = [
      'main.mjs',
      'desktop.mjs.map',
      'node_modules/ws/index.js',
      'icons/tray/src/failed.svg',
      '.env',
    ]
    expect(others.filter(isExpectedInArchive)).toEqual([])
  })

  it('has a terminal helper that can be run on macOS, where its package ships one that cannot', () => {
    const helper = 'node_modules/@lydell/node-pty-darwin-arm64/spawn-helper'
    expect(requiredFiles(mac)).toContainEqual({ file: helper, isExecutable: true })
    expect(requiredFiles(linux).filter(({ isExecutable }) => isExecutable)).toEqual([
      { file: 'node', isExecutable: true },
      { file: 'moltbot', isExecutable: true },
    ])
  })

  it('has compiled parts for each system that are in the lock', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    const locked = packages as Record<string, { integrity?: string }>
    for (const platform of ['linux', 'darwin'] as const) {
      for (const arch of ['x64', 'arm64'] as const) {
        for (const { name } of nativePackages({ platform, arch })) {
          expect(locked[`node_modules/${name}`]?.integrity, name).toMatch(/^sha512-/)
        }
      }
    }
  })
})
