import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleDesktop } from '../../../../build/bundle/desktop.ts'
import { root } from '../../../../build/prepare/root.mjs'

describe('the bundled desktop application', () => {
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'moltbot-bundle-'))
    await bundleDesktop(root, folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has a preload that a sandbox can run: one script that requires Electron alone', () => {
    const script = readFileSync(join(folder, 'preload.cjs'), 'utf8')
    expect([...script.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"'])
    expect(script).not.toMatch(/\bimport\b|^export\b/m)
  })

  it('keeps the names by which macOS knows template images', () => {
    const made = readdirSync(join(folder, 'icons/tray/macos')).sort()
    expect(made).toEqual(readdirSync(join(root, 'assets/icons/tray/macos')).sort())
    expect(made.length).toBeGreaterThan(0)
    expect(made.filter((name) => !/Template(@2x)?\.png$/.test(name))).toEqual([])
  })

  it('leaves Electron to its runtime', () => {
    expect(readFileSync(join(folder, 'desktop.mjs'), 'utf8')).toMatch(/from "electron"/)
  })
})
