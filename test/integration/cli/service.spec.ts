import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { freePort, homes, programs } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()

describe('service', () => {
  it('shows and changes the gateway that a host looks after', async () => {
    const { env } = home('{ gateway: { mode: "local" } }')
    const host = run(['host', '--port', '0', '--no-open', '--gateway-port', String(await freePort())], env)
    await host.untilOutput('Moltbot host ready')
    const call = async (...args: string[]) => {
      const program = run(args, env)
      const code = await program.exit
      const { stdout, stderr } = program.output()
      return { code, stdout, stderr, json: args.includes('--json') ? JSON.parse(stdout) : null }
    }
    const isAlive = (pid: number) => existsSync(`/proc/${pid}`)

    const started = await call('service', 'start', '--json')
    expect(started).toMatchObject({
      code: 0,
      json: { ok: true, result: 'started', state: { name: 'running' } },
    })
    const first: number = started.json.pid
    expect(isAlive(first)).toBe(true)
    expect(await call('health')).toMatchObject({ code: 0, stderr: '' })

    const restarted = await call('service', 'restart', '--json')
    expect(restarted).toMatchObject({ code: 0, json: { ok: true, result: 'restarted' } })
    expect(restarted.json.pid).not.toBe(first)
    expect([isAlive(first), isAlive(restarted.json.pid)]).toEqual([false, true])

    const status = await call('service', 'status', '--json')
    expect(status.json).toMatchObject({
      state: { name: 'running' },
      pid: restarted.json.pid,
      intent: 'running',
    })
    expect((await call('service', 'status')).stdout).toMatch(/^State +Running/)

    const stopped = await call('service', 'stop')
    expect(stopped).toMatchObject({ code: 0, stderr: '' })
    expect(isAlive(restarted.json.pid)).toBe(false)
    expect((await call('service', 'status', '--json')).json).toMatchObject({
      state: { name: 'stopped' },
      pid: null,
      intent: 'stopped',
    })
    const unreachable = await call('health')
    expect(unreachable).toMatchObject({ code: 3, stdout: '' })
    expect(unreachable.stderr).toContain('moltbot service start')

    host.child.kill('SIGTERM')
    expect(await host.exit).toBe(0)
  })

  it.each(['status', 'start', 'stop', 'restart'])(
    '%s says 3 and what to do where no host runs',
    async (action) => {
      const { env } = home('{}')
      const plain = run(['service', action], env)
      expect(await plain.exit).toBe(3)
      expect(plain.output().stderr).toContain('moltbot host')
      const json = run(['service', action, '--json'], env)
      expect(await json.exit).toBe(3)
      expect(JSON.parse(json.output().stdout)).toMatchObject({ ok: false, code: 'HOST_NOT_RUNNING' })
    },
  )

  it('start says why where the configuration does not let it', async () => {
    const { env } = home('{\n  gateway: { port: 0 } }')
    const host = run(['host', '--port', '0', '--no-open'], env)
    await host.untilOutput('Moltbot host ready')
    const start = run(['service', 'start'], env)
    const code = await start.exit
    expect([1, 78]).toContain(code)
    expect(start.output().stderr).toContain('gateway.port')
    expect(start.output().stderr).toContain('line 2, column 14')
    host.child.kill('SIGTERM')
    await host.exit
  })
})
