import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine, freePort, homes, programs } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()

describe('login-item', () => {
  it('is enabled, shown and disabled, with a host and without', async () => {
    const { base, env } = home('{ gateway: { mode: "local" } }')
    const path = join(base, '.config/autostart/bot.molt.MoltbotDesktop.desktop')
    const call = async (...args: string[]) => {
      const program = run(['login-item', ...args, '--json'], env)
      return { code: await program.exit, json: JSON.parse(program.output().stdout) }
    }
    expect(await call('enable')).toEqual({
      code: 0,
      json: { ok: true, state: 'on', opens: 'host', path, problem: null },
    })
    expect(readFileSync(path, 'utf8')).toContain(`Exec=${process.execPath} ${commandLine} host --no-open\n`)
    const host = run(['host', '--port', '0', '--no-open', '--gateway-port', String(await freePort())], env)
    await host.untilOutput('Moltbot host ready')
    const status = run(['login-item', 'status'], env)
    expect(await status.exit).toBe(0)
    expect(status.output().stdout).toMatch(/^Launch at login is on/)
    writeFileSync(path, '[Desktop Entry]\nExec=/usr/bin/other\n')
    expect(await call('disable')).toMatchObject({ code: 1, json: { ok: false, code: 'LOGIN_ITEM_FOREIGN' } })
    expect(await call('disable', '--replace')).toMatchObject({ code: 0, json: { state: 'off' } })
    expect([existsSync(path), existsSync(`${path}.bak`)]).toEqual([false, true])
    host.child.kill('SIGTERM')
    expect(await host.exit).toBe(0)
  })
})
