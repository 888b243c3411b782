import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { launcherBeside } from '../../../../host/runtime/launcher-beside.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-launcher-')))
afterEach(() => rmSync(base, { recursive: true, force: true }))

function place(folder: string): void {
  mkdirSync(join(base, folder), { recursive: true })
  writeFileSync(join(base, folder, 'moltbot'), '')
}

it('is found where it stays: of a repository, of a package, of an AppImage’s copies', () => {
  place('dist')
  expect(launcherBeside(join(base, 'dist/builds/x1/app/moltbot.mjs'))).toBe(join(base, 'dist/moltbot'))
  place('opt/resources')
  expect(launcherBeside(join(base, 'opt/resources/app/moltbot.mjs'))).toBe(
    join(base, 'opt/resources/moltbot'),
  )
  place('host/runtime/0.1.0')
  const copied = join(base, 'host/runtime/0.1.0/app/moltbot.mjs')
  expect(launcherBeside(copied)).toBe(join(base, 'host/runtime/0.1.0/moltbot'))
  symlinkSync('0.1.0', join(base, 'host/runtime/current'))
  expect(launcherBeside(copied)).toBe(join(base, 'host/runtime/current/moltbot'))
  expect(launcherBeside(join(base, 'gateway/cli/main.ts'))).toBeNull()
})
