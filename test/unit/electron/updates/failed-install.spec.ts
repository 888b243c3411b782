import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { noteFailedInstall, takeFailedInstall } from '../../../../electron/updates/failed-install.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moltbot-failed-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('what was noted is told once', () => {
  const path = join(folder, 'updates/failed.json')
  noteFailedInstall(path, '1.1.0', new Error('EROFS'))
  const params = { version: '1.1.0', detail: 'EROFS' }
  expect(takeFailedInstall(path)).toEqual({ code: 'UPDATE_INSTALL_FAILED', params })
  expect(takeFailedInstall(path)).toBeNull()
})

it('what cannot be read or removed keeps no application from starting', () => {
  const path = join(folder, 'failed.json')
  writeFileSync(path, 'half')
  expect(takeFailedInstall(path)).toBeNull()
  mkdirSync(path)
  expect(takeFailedInstall(path)).toBeNull()
})
