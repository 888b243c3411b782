import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveStatePaths } from '../../../../host/config/state-paths.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'moltbot-home-'))
})
afterEach(() => rmSync(home, { recursive: true }))

describe('the state folder', () => {
  it.each([
    [{ MOLTBOT_STATE_DIR: '/a', CLAWDBOT_STATE_DIR: '/b' }, '/a'],
    [{ CLAWDBOT_STATE_DIR: '/b' }, '/b'],
    [{ MOLTBOT_STATE_DIR: ' ', CLAWDBOT_STATE_DIR: '/b' }, '/b'],
    [{ MOLTBOT_STATE_DIR: '/a/../c/' }, '/c'],
  ])('%o is %s', (env, expected) => {
    expect(resolveStatePaths(env, home)).toMatchObject({
      stateDir: expected,
      envFilePath: join(expected, '.env'),
    })
  })

  it('expands ~ and is absolute', () => {
    expect(resolveStatePaths({ MOLTBOT_STATE_DIR: '~/x' }, home).stateDir).toBe(join(home, 'x'))
    expect(resolveStatePaths({ MOLTBOT_STATE_DIR: '~other' }, home).stateDir).toBe(
      join(process.cwd(), '~other'),
    )
  })

  it('is ~/.clawdbot, or ~/.moltbot where only that exists', () => {
    expect(resolveStatePaths({}, home).stateDir).toBe(join(home, '.clawdbot'))
    mkdirSync(join(home, '.moltbot'))
    expect(resolveStatePaths({}, home).stateDir).toBe(join(home, '.moltbot'))
    mkdirSync(join(home, '.clawdbot'))
    expect(resolveStatePaths({}, home).stateDir).toBe(join(home, '.clawdbot'))
  })
})

describe('the configuration file', () => {
  const configPath = (env = {}) => resolveStatePaths({ MOLTBOT_STATE_DIR: home, ...env }, home).configPath

  it('is named by the environment before all', () => {
    writeFileSync(join(home, 'moltbot.json'), '')
    expect(configPath({ CLAWDBOT_CONFIG_PATH: '~/c.json' })).toBe(join(home, 'c.json'))
    expect(configPath({ MOLTBOT_CONFIG_PATH: '/m.json', CLAWDBOT_CONFIG_PATH: '/c.json' })).toBe('/m.json')
  })

  it('is the existing one, and a dangling link counts as existing', () => {
    expect(configPath()).toBe(join(home, 'moltbot.json'))
    writeFileSync(join(home, 'clawdbot.json'), '')
    expect(configPath()).toBe(join(home, 'clawdbot.json'))
    symlinkSync('nowhere', join(home, 'moltbot.json'))
    expect(configPath()).toBe(join(home, 'moltbot.json'))
  })
})
