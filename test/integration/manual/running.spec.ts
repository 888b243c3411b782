import { existsSync, readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerOf } from '../../fixtures/answer-of.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { describeOnOwnMachine, OwnMachine, repository, signalLine } from './own-machine.ts'

describeOnOwnMachine("the manual's lines, where a host runs", () => {
  let machine: OwnMachine
  let token = ''
  beforeAll(async () => {
    machine = await OwnMachine.start()
    machine.spawn('exec moltbot host --no-open')
    await until(() => machine.listensOn(18789), 'the gateway')
    token = /^CLAWDBOT_GATEWAY_TOKEN=(\S+)$/m.exec(read('/root/.clawdbot/.env'))?.[1] ?? ''
    expect(token.length).toBeGreaterThanOrEqual(24)
  })
  afterAll(() => machine.end())

  const read = (path: string) => readFileSync(machine.path(path), 'utf8')
  const out = async (line: string) => {
    const { code, stdout, stderr } = await machine.run(line)
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' })
    return stdout
  }
  /** Pid, in that machine, of who listens on the manual's port. */
  const listener = async () => Number(await out('lsof -nP -t -iTCP:18789 -sTCP:LISTEN'))
  const isThere = (pid: number) => existsSync(machine.path(`/proc/${pid}`))
  const logPath = async () => `/tmp/moltbot/moltbot-${(await out('date +%Y-%m-%d')).trim()}.log`
  const healthy = async () =>
    (await machine.run('curl -s http://127.0.0.1:18789/health')).stdout.includes('"status":"live"')

  it('M07 M08 M46: the first start listens on 18789, and keeps to the folders of the manual', async () => {
    const mode = (path: string) => (statSync(machine.path(path)).mode & 0o7777).toString(8)
    expect(mode('/root/.clawdbot')).toBe('700')
    expect(mode('/root/.clawdbot/moltbot.json')).toBe('600')
    const log = await logPath()
    await until(() => existsSync(machine.path(log)), 'the log')
    expect(mode('/tmp/moltbot')).toBe('700')
    expect(mode(log)).toBe('600')
  })

  it('M29 M30 M31 M32: moltbot service changes what listens on the port', async () => {
    const first = await listener()
    const status = await out('moltbot service status')
    expect(status).toMatch(/^State +Running/)
    expect(status).toMatch(new RegExp(`^Process +pid ${first}$`, 'm'))
    await out('moltbot service stop')
    expect([machine.listensOn(18789), isThere(first)]).toEqual([false, false])
    await out('moltbot service start')
    const second = await listener()
    await out('moltbot service restart')
    expect(isThere(second)).toBe(false)
    expect([await listener()]).not.toEqual([second])
    expect(await healthy()).toBe(true)
  })

  it('M34 M35 M37 M84: health is the answer of what listens on the port', async () => {
    const pid = await listener()
    expect(await out('lsof -i :18789')).toMatch(new RegExp(`\\b${pid} .*\\(LISTEN\\)`))
    const answer = JSON.parse((await machine.run('curl http://127.0.0.1:18789/health')).stdout)
    expect(answer).toMatchObject({ ok: true, status: 'live' })
    expect(await out('moltbot health')).toMatch(/^The gateway is well/)
    expect(await out('moltbot status --deep')).toContain(`pid ${pid}`)
    await machine.run(`kill -STOP ${pid}`)
    const silent = await Promise.all(
      ['moltbot health --timeout 600', 'moltbot status --deep --timeout 600'].map((line) =>
        machine.run(line),
      ),
    )
    await machine.run(`kill -CONT ${pid}`)
    expect(silent.map(({ code }) => code)).toEqual([3, 3])
  })

  it('M01: health is checked all the time: a gateway that was killed is back by itself', async () => {
    const pid = await listener()
    await machine.run(`kill -9 ${pid}`)
    await until(() => !isThere(pid), 'its end')
    await until(healthy, 'the next gateway')
    expect(await listener()).not.toBe(pid)
  })

  it('M38 M39 M88: status shows memory and processor time as the kernel has them', async () => {
    const pid = await listener()
    const shown = await out('moltbot status')
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1])
    const megabytes = Number(/^Memory +(\d+) MB \(normal\)/m.exec(shown)?.[1])
    expect(megabytes * 1024).toBeGreaterThan(kilobytes * 0.8)
    expect(megabytes * 1024).toBeLessThan(kilobytes * 1.25)
    expect(Number(/^CPU +([\d.]+)% \(normal\)/m.exec(shown)?.[1])).toBeLessThan(30)
  })

  it('M36: status --all can be shown to others', async () => {
    const shown = await out('moltbot status --all')
    expect(shown).toContain('18789')
    expect(shown).toContain('~/.clawdbot/moltbot.json')
    for (const private_ of [token, token.slice(0, 8), '/root/', hostname()]) {
      expect(shown).not.toContain(private_)
    }
  })

  it('M40 M41 M82: connections are counted, no latency is made up, and the access log has who came and who was refused', async () => {
    const connections = async () =>
      Number(
        /^moltbot_connections(?:\{[^}]*\})? (\d+)$/m.exec(
          await out('curl -s http://127.0.0.1:18789/metrics'),
        )?.[1],
      )
    const before = await connections()
    const hold = machine.spawn(
      `exec ${process.execPath} ${repository}/test/integration/manual/hold-connections.ts 3`,
      { CLAWDBOT_GATEWAY_TOKEN: token },
    )
    await until(async () => (await connections()) === before + 3, 'three connections more')
    signalLine(hold, 'SIGKILL')
    await until(async () => (await connections()) === before, 'their end')
    expect(await out('curl -s http://127.0.0.1:18789/metrics')).not.toMatch(/message_latency/)

    const wrong = 'c4nary-wrong-token-0123456789abcdef'
    const refused = await machine.run('moltbot health --port 18789', { CLAWDBOT_GATEWAY_TOKEN: wrong })
    expect(refused.code).not.toBe(0)
    await until(
      async () => (await out('moltbot logs --source access')).includes('token_mismatch'),
      'its entry',
    )
    const shown = await out('moltbot logs --source access')
    expect(shown).toMatch(/refused from=127\.0\.0\.1 .*token_mismatch/)
    expect(shown).not.toContain(wrong)
    expect(shown).not.toContain(token)
  })

  it('M02 M42 M43 M89: logs, cat and tail show the same lines of the day', async () => {
    const path = await logPath()
    const line = read(path).trimEnd().split('\n').at(-1) ?? ''
    await machine.run(
      `for n in $(seq 250); do printf '%s\\n' '${line.replaceAll("'", '')}' | sed "s/\\"0\\":\\"/&n$n /" >> ${path}; done`,
    )
    const numbers = (text: string) => [...text.matchAll(/\bn(\d+) /g)].map(([, n]) => Number(n))
    const lastOf = (count: number) => Array.from({ length: count }, (_, at) => 251 - count + at)
    expect(numbers(await out('moltbot logs --tail 100'))).toEqual(lastOf(100))
    expect(numbers(await out('moltbot logs --tail 200'))).toEqual(lastOf(200))
    const all = await out(`cat ${path}`)
    expect(all).toBe(read(path))
    for (const one of all.trimEnd().split('\n')) expect(JSON.parse(one)).toHaveProperty('time')
  })

  it('M33: tail -f shows what the gateway writes', async () => {
    const tail = machine.spawn('exec tail -f /tmp/moltbot/moltbot-$(date +%Y-%m-%d).log')
    const shown = answerOf(tail)
    await out('moltbot service restart')
    const pid = await listener()
    await until(async () => read(await logPath()).includes(`"pid":${pid}`), 'its line')
    signalLine(tail, 'SIGTERM')
    expect((await shown).stdout).toContain(`"pid":${pid}`)
  })

  it('M44: grep finds in the log that a changed configuration is not valid', async () => {
    await machine.run('cp -p .clawdbot/moltbot.json good.json')
    await machine.run("echo '{ gateway: { port: oops } }' > .clawdbot/moltbot.json")
    const grep = () => machine.run('grep -i error /tmp/moltbot/moltbot-*.log')
    try {
      await until(async () => (await grep()).stdout.includes('moltbot.json'), 'the error')
      expect(await healthy()).toBe(true)
    } finally {
      await machine.run('cat good.json > .clawdbot/moltbot.json')
    }
  })

  it('M48: sessions are read where the manual has them', async () => {
    const folder = '.clawdbot/agents/main/sessions'
    const entry = { 'agent:main:main': { sessionId: 'c4nary-session', updatedAt: Date.now() } }
    await machine.run(
      `mkdir -p -m 700 ${folder} && echo '${JSON.stringify(entry)}' > ${folder}/sessions.json`,
    )
    const { sessions } = JSON.parse(await out('moltbot sessions --json'))
    expect(sessions).toMatchObject([{ key: 'agent:main:main', sessionId: 'c4nary-session' }])
  })

  it('M86 M87: channels status whatsapp tells what its credentials say; login says what is lacking', async () => {
    expect(await out('moltbot channels status whatsapp')).toContain('whatsapp is not set up')
    const folder = '.clawdbot/credentials/whatsapp/default'
    await machine.run(
      `mkdir -p ${folder} && echo '{"registered":true,"me":{"id":"4915550000001:1@s.whatsapp.net"}}' > ${folder}/creds.json`,
    )
    await machine.run('moltbot service restart')
    expect(await out('moltbot channels status whatsapp')).toMatch(/WhatsApp +default +linked, not running/)
    const { channelAccounts } = JSON.parse(await out('moltbot channels status whatsapp --json'))
    expect(channelAccounts.whatsapp).toMatchObject([{ accountId: 'default', linked: true, running: false }])
    const login = await machine.run('moltbot channels login')
    expect(login.code).toBe(1)
    expect(login.stderr).not.toBe('')
  })

  it('M05 M64 M76 M77 M80 M81: audit and doctor find open rights and open channels; --fix closes the rights', async () => {
    await machine.run('chmod 644 .clawdbot/moltbot.json')
    await machine.run(
      `sed -i 's/^}/  channels: { whatsapp: { dmPolicy: "open", allowFrom: ["*"] } },\\n}/' .clawdbot/moltbot.json`,
    )
    const audit = await out('moltbot security audit --deep')
    expect(audit).toContain('moltbot.json')
    expect(audit).toMatch(/whatsapp/i)
    expect((await machine.run('moltbot security audit --strict')).code).toBe(4)
    const attempted = JSON.parse(await out('moltbot security audit --deep --json'))
    expect(attempted.deep).toBeTruthy()
    expect(await out('moltbot doctor')).toContain('moltbot.json')
    const mode = () => statSync(machine.path('/root/.clawdbot/moltbot.json')).mode & 0o777
    expect(mode()).toBe(0o644)
    await out('moltbot doctor --fix')
    expect(mode()).toBe(0o600)
  })

  it('M79: secrets check reads each key again', async () => {
    await machine.run(
      `sed -i 's/^}/  env: { ANTHROPIC_API_KEY: "\${LOST_KEY}" },\\n}/' .clawdbot/moltbot.json`,
    )
    const checked = await machine.run('moltbot secrets check')
    expect(checked.code).toBe(1)
    expect(checked.stdout + checked.stderr).toContain('LOST_KEY')
  })

  it('M83: doctor names the line that keeps the gateway from starting', async () => {
    await machine.run(`printf '{\\n  gateway: { port: "18789x" } }' > .clawdbot/moltbot.json`)
    expect(await out('moltbot doctor')).toMatch(/gateway\.port[\s\S]*line 2, column/)
  })
})
