import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostLoginItem } from '../../../../host/login-item/host-login-item.ts'

describe('a host without a window at login', () => {
  let base = ''
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'moltbot-login-'))
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  const at = (path: string) => {
    const file = join(base, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '')
    return file
  }
  const item = (entry: string, platform: string) =>
    hostLoginItem({ env: {}, home: join(base, 'home'), platform, nodePath: '/opt/node', entry })
  const written = async (entry: string) => {
    const own = item(entry, 'linux')
    expect(await own.change(true, false)).toBeNull()
    return /^Exec=(.*)$/m.exec(readFileSync((await own.look()).path ?? '', 'utf8'))?.[1]
  }

  it('is started by the launcher of the newest build, and without one by Node', async () => {
    expect(await written(join(base, 'gateway/cli/main.ts'))).toBe(
      `/opt/node ${base}/gateway/cli/main.ts host --no-open`,
    )
    rmSync(join(base, 'home'), { recursive: true })
    at('dist/moltbot')
    expect(await written(at('dist/builds/mww-1/app/moltbot.mjs'))).toBe(`${base}/dist/moltbot host --no-open`)
  })

  it('is started by its own launcher, also from a repository below another folder of builds', async () => {
    at('moltbot')
    at('builds/moltbot/dist/moltbot')
    expect(await written(at('builds/moltbot/dist/builds/mww-1/app/moltbot.mjs'))).toBe(
      `${base}/builds/moltbot/dist/moltbot host --no-open`,
    )
  })

  it('is started by the launcher beside a package’s application', async () => {
    at('lib/moltbot')
    expect(await written(at('lib/app/moltbot.mjs'))).toBe(`${base}/lib/moltbot host --no-open`)
  })

  it('is a launch agent on macOS, that nothing starts again once it was left', async () => {
    at('dist/moltbot')
    const own = item(at('dist/builds/mww-1/app/moltbot.mjs'), 'darwin')
    const path = join(base, 'home/Library/LaunchAgents/bot.molt.desktop.host.plist')
    expect(await own.look()).toEqual({ state: 'off', path, problem: null })
    expect(await own.change(true, false)).toBeNull()
    expect(await own.look()).toEqual({ state: 'on', path, problem: null })
    const text = readFileSync(path, 'utf8')
    expect(text).toContain(`<string>${base}/dist/moltbot</string>\n    <string>host</string>`)
    expect(text).not.toContain('KeepAlive')
    writeFileSync(path, text.replace('--no-open', '--port'))
    const foreign = { code: 'LOGIN_ITEM_FOREIGN', params: { path, runs: `${base}/dist/moltbot host --port` } }
    expect(await own.look()).toEqual({ state: 'foreign', path, problem: foreign })
    expect(await own.change(false, false)).toEqual(foreign)
    expect(await own.change(false, true)).toBeNull()
    expect(readFileSync(`${path}.bak`, 'utf8')).toContain('--port')
    expect(await own.look()).toMatchObject({ state: 'off' })
  })
})
