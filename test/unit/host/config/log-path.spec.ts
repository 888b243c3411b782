import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentLogPath } from '../../../../host/config/log-folder.ts'
import { chooseLogTarget, datedLogName } from '../../../../host/config/log-path.ts'

let base = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-logpath-'))
})
afterEach(() => rmSync(base, { recursive: true }))

describe('where the log goes', () => {
  it('is the configured file, the environment’s folder, or the manual’s', () => {
    const home = '/home/x'
    const env = { MOLTBOT_LOG_DIR: '/elsewhere' }
    expect(chooseLogTarget({ env, home, logging: { file: '~/m.log' } })).toEqual({
      kind: 'named',
      path: '/home/x/m.log',
    })
    expect(chooseLogTarget({ env, home, logging: {} })).toEqual({ kind: 'dated', folder: '/elsewhere' })
    expect(chooseLogTarget({ env: {}, home, logging: undefined })).toEqual({
      kind: 'dated',
      folder: '/tmp/moltbot',
    })
  })

  it('has the local date in its name', () => {
    expect(datedLogName(new Date(2026, 0, 5, 23, 59))).toBe('moltbot-2026-01-05.log')
  })

  it('is the state folder’s where the chosen one was planted', () => {
    const place = {
      home: base,
      logging: undefined,
      stateDir: join(base, 'state'),
      date: new Date(2026, 0, 5),
    }
    const env = { MOLTBOT_LOG_DIR: join(base, 'logs') }
    expect(currentLogPath({ ...place, env })).toBe(join(base, 'logs', 'moltbot-2026-01-05.log'))
    mkdirSync(join(base, 'target'))
    symlinkSync('target', join(base, 'logs'))
    expect(currentLogPath({ ...place, env })).toBe(join(base, 'state', 'logs', 'moltbot-2026-01-05.log'))
  })
})
