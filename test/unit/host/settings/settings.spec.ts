import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SettingsOwner } from '../../../../host/settings/settings.ts'
import { defaultSettings, type SettingsView } from '../../../../shared/settings.ts'
import { stateFolders } from '../config/state-folder.ts'

describe('settings', () => {
  const stateFolder = stateFolders()

  async function open(stored?: string, options: { env?: NodeJS.ProcessEnv; portFlag?: string } = {}) {
    const { paths } = stateFolder({ 'moltbot.json': '{ gateway: { port: 20000 } }' })
    const hostDir = join(paths.stateDir, 'host')
    mkdirSync(hostDir)
    const path = join(hostDir, 'settings.json')
    if (stored !== undefined) writeFileSync(path, stored)
    const changes: SettingsView[] = []
    const again = () =>
      SettingsOwner.open({
        path,
        paths,
        env: options.env ?? {},
        portFlag: options.portFlag,
        changed: (view) => changes.push(view),
      })
    const read = () => JSON.parse(readFileSync(path, 'utf8'))
    return { settings: await again(), again, path, paths, hostDir, changes, read }
  }

  it('are the defaults at first, and what was chosen after that', async () => {
    const { settings, again, changes, path } = await open()
    expect(settings.view).toMatchObject({ revision: 1, settings: defaultSettings, problem: null })
    const view = await settings.change({ language: 'zh-CN', notifications: false })
    expect(view.settings).toEqual({ ...defaultSettings, language: 'zh-CN', notifications: false })
    expect(changes).toEqual([view])
    expect(view.revision).toBe(2)
    expect((await again()).view.settings).toEqual(view.settings)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('look once for all who ask together which port the configuration names', async () => {
    let looks = 0
    const env = {
      get MOLTBOT_GATEWAY_PORT() {
        looks += 1
        return undefined
      },
    }
    const { settings, paths } = await open(undefined, { env })
    looks = 0
    writeFileSync(paths.configPath, '{ gateway: { port: 20001 } }')
    await Promise.all(Array.from({ length: 1_000 }, () => settings.lookAtGatewayPort()))
    expect(settings.view.gatewayPort.configured).toBe(20_001)
    expect(looks).toBeLessThan(10)
  })

  it('take what they know and keep what they do not', async () => {
    const stored = { theme: 'sepia', language: 'en', dock: { left: true }, openAtStart: 'yes' }
    const { settings, read } = await open(JSON.stringify(stored))
    expect(settings.view).toMatchObject({ settings: { ...defaultSettings, language: 'en' }, problem: null })
    await settings.change({ openAtStart: false })
    expect(read()).toEqual({ ...stored, openAtStart: false })
  })

  it.each(['{', '[]', '"x"', '', '\0\0\0\0'])('set %j aside and say so, until chosen again', async (text) => {
    const { settings, hostDir } = await open(text)
    const { problem } = settings.view
    if (problem?.code !== 'SETTINGS_SET_ASIDE') throw new Error(String(problem?.code))
    expect(readFileSync(problem.params.keptAt, 'utf8')).toBe(text)
    expect(settings.view.settings).toEqual(defaultSettings)
    expect((await settings.change({ theme: 'dark' })).problem).toBeNull()
    expect(readdirSync(hostDir)).toHaveLength(2)
  })

  it('hold for this run where they cannot be written, and are all written at the next change', async () => {
    const { settings, hostDir, read, changes } = await open()
    rmSync(hostDir, { recursive: true })
    const refused = await settings.change({ theme: 'dark' })
    expect(refused).toMatchObject({
      settings: { theme: 'dark' },
      problem: { code: 'SETTINGS_NOT_WRITTEN', params: { detail: 'ENOENT' } },
    })
    expect(changes.at(-1)).toEqual(refused)
    mkdirSync(hostDir)
    expect((await settings.change({ language: 'en' })).problem).toBeNull()
    expect(read()).toEqual({ theme: 'dark', language: 'en' })
  })

  it('lose nothing when changed by several at once', async () => {
    const { settings, read, changes } = await open()
    await Promise.all([
      settings.change({ theme: 'dark' }),
      settings.change({ language: 'en' }),
      settings.change({ theme: 'light' }),
      settings.change({ openAtStart: false }),
    ])
    const chosen = { theme: 'light', language: 'en', openAtStart: false }
    expect(settings.view.settings).toMatchObject(chosen)
    expect(read()).toEqual(chosen)
    expect(changes.map(({ revision }) => revision)).toEqual([2, 3, 4, 5])
    expect((await settings.change({})).revision).toBe(5)
  })

  it('say which port comes next, and who decides', async () => {
    const { settings, paths } = await open()
    expect(settings.view.gatewayPort).toEqual({
      next: 20_000,
      source: 'config',
      configured: 20_000,
      problem: null,
    })
    const [first, second] = await Promise.all([
      settings.setGatewayPort(20_001),
      settings.setGatewayPort(null),
    ])
    expect(first?.gatewayPort).toMatchObject({ next: 20_001, source: 'config' })
    expect(second?.gatewayPort).toEqual({ next: 18_789, source: 'default', configured: null, problem: null })
    writeFileSync(paths.configPath, '{ gateway: { port: 20002 } }')
    await settings.lookAtGatewayPort()
    expect(settings.view.gatewayPort.next).toBe(20_002)
  })

  it.each([
    [
      { portFlag: '30000', env: { MOLTBOT_GATEWAY_PORT: '1' } },
      { next: 30_000, source: 'flag' },
    ],
    [{ env: { MOLTBOT_GATEWAY_PORT: '30001' } }, { next: 30_001, source: 'MOLTBOT_GATEWAY_PORT' }],
    [{ env: { CLAWDBOT_GATEWAY_PORT: '0x10' } }, { next: null, source: 'CLAWDBOT_GATEWAY_PORT' }],
  ])('know what overrides the configuration: %j', async (options, said) => {
    const { settings } = await open(undefined, options)
    expect(settings.view.gatewayPort).toEqual({ ...said, configured: 20_000, problem: null })
  })

  it('say why the configuration cannot be read, and refuse to change it', async () => {
    const { settings, paths } = await open()
    writeFileSync(paths.configPath, '{ gateway: ')
    await expect(settings.setGatewayPort(1)).rejects.toMatchObject({ problem: { code: 'CONFIG_SYNTAX' } })
    expect(settings.view.gatewayPort).toMatchObject({
      next: null,
      source: 'config',
      configured: null,
      problem: { code: 'CONFIG_SYNTAX', params: { path: paths.configPath } },
    })
    expect(readFileSync(paths.configPath, 'utf8')).toBe('{ gateway: ')
    chmodSync(paths.configPath, 0o600)
  })
})
