import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { describeOnOwnMachine, OwnMachine, signalLine } from './own-machine.ts'

/** Of the manual's docker-compose.yml; a volume is a folder, and a published port comes in by another address. */
const token = 'c4nary-container-0123456789abcdef'
const environment = { CLAWDBOT_GATEWAY_TOKEN: token, ANTHROPIC_API_KEY: 'c4nary-sk-ant-0123456789abcdef' }
/** An address of the container beside 127.0.0.1, as its network gives it one. */
const address = '172.17.0.2'

describeOnOwnMachine("what the manual's container needs of the gateway", () => {
  let machine: OwnMachine
  beforeAll(async () => {
    machine = await OwnMachine.start()
    await machine.run(`ip addr add ${address}/16 dev lo`)
    mkdirSync(machine.path('/root/.clawdbot'), { mode: 0o700 })
    writeFileSync(
      machine.path('/root/.clawdbot/moltbot.json'),
      '{ logging: { file: "/root/.clawdbot/in-volume.log" } }',
    )
  })
  afterAll(() => machine.end())

  const run = (line: string, env: Record<string, string> = environment) => machine.run(line, env)
  const live = async (host: string) =>
    (await run(`curl -s http://${host}:18789/health`)).stdout.includes('"status":"live"')

  it('M10 M11 M12 M14 M15 M18 M19 M20 M21: with --bind lan it answers on the published port, by the environment’s token', async () => {
    const gateway = machine.spawn('exec moltbot gateway --bind lan --allow-unconfigured', environment)
    await until(() => live(address), 'the gateway')
    expect(JSON.parse((await run('moltbot gateway call status --json')).stdout)).toBeTruthy()
    const other = await run('moltbot gateway call status --json', { CLAWDBOT_GATEWAY_TOKEN: `${token}x` })
    expect(other.code).not.toBe(0)
    const pid = Number((await run('lsof -nP -t -iTCP:18789 -sTCP:LISTEN')).stdout)
    const ofProcess = (file: string) => readFileSync(machine.path(`/proc/${pid}/${file}`), 'utf8')
    expect(ofProcess('cmdline')).not.toContain(token)
    expect(ofProcess('environ')).toContain(`ANTHROPIC_API_KEY=${environment.ANTHROPIC_API_KEY}`)
    expect((await run('moltbot config path')).stdout).toContain('/root/.clawdbot/moltbot.json')
    // The configuration in the volume is the one that counts.
    expect(existsSync(machine.path('/root/.clawdbot/in-volume.log'))).toBe(true)
    signalLine(gateway, 'SIGTERM')
    await until(() => !machine.listensOn(18789), 'its end')
  })

  it('M13 M16 M17: the health check is 0 while it is well, and not where it is gone; it ends in order when told to', async () => {
    const gateway = machine.spawn('exec moltbot gateway', environment)
    const ended = new Promise((done) => gateway.once('exit', done))
    await until(() => live('127.0.0.1'), 'the gateway')
    // CMD runs it without a shell.
    expect((await run('exec moltbot health')).code).toBe(0)
    signalLine(gateway, 'SIGTERM')
    expect(await ended).toBe(0)
    const began = performance.now()
    expect((await run('exec moltbot health')).code).not.toBe(0)
    expect(performance.now() - began, 'the limit of the health check').toBeLessThan(10_000)
  })
})
