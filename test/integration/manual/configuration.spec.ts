import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, answerOf } from '../../fixtures/answer-of.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { describeOnOwnMachine, OwnMachine, signalLine } from './own-machine.ts'

const token = 'c4nary-manual-token-0123456789abcdef'
const tokenSnippet = `{
  gateway: {
    auth: {
      token: "\${CLAWDBOT_GATEWAY_TOKEN}"
    }
  }
}
`
const bindSnippet = `{
  gateway: {
    bind: "loopback",  // 仅本地访问
    port: 18789
  }
}
`
const logSnippet = `{
  logging: {
    level: "info",           // debug, info, warn, error
    file: "/var/log/moltbot/moltbot.log",
    consoleLevel: "warn",
    consoleStyle: "compact", // pretty, compact, json
    redactSensitive: "tools" // off, tools
  }
}
`
const quietSnippet = `{
  logging: {
    level: "warn",        // 生产环境使用 warn 或 error
    consoleLevel: "error"
  }
}
`
const queueSnippet = `{
  messages: {
    queue: {
      mode: "collect",
      debounceMs: 1000,
      cap: 20
    }
  }
}
`
const sandboxSnippet = `{
  agents: {
    defaults: {
      sandbox: {
        docker: {
          cpuLimit: "2",
          memoryLimit: "2g"
        }
      }
    }
  }
}
`

describeOnOwnMachine("the manual's configurations, word for word", () => {
  let machine: OwnMachine
  beforeAll(async () => {
    machine = await OwnMachine.start()
    mkdirSync(machine.path('/root/.clawdbot'), { mode: 0o700 })
  })
  afterAll(() => machine.end())

  const env = { CLAWDBOT_GATEWAY_TOKEN: token }
  const configure = (text: string) =>
    writeFileSync(machine.path('/root/.clawdbot/moltbot.json'), text, { mode: 0o600 })
  const read = (path: string) =>
    existsSync(machine.path(path)) ? readFileSync(machine.path(path), 'utf8') : ''
  const health = (given: string) => machine.run('moltbot health', { CLAWDBOT_GATEWAY_TOKEN: given })

  /** Runs a gateway with that configuration while `during` runs; resolves to what it wrote on its terminal. */
  async function withGateway(
    text: string,
    during: () => Promise<unknown>,
    line = 'exec moltbot gateway',
  ): Promise<Answer> {
    configure(text)
    const child = machine.spawn(line, env)
    const result = answerOf(child)
    await until(() => machine.listensOn(18789) || child.exitCode !== null, 'the gateway')
    try {
      await during()
    } finally {
      if (child.exitCode === null) signalLine(child, 'SIGTERM')
    }
    return result
  }

  it('M73 M74 M75: the token of the environment opens it, another does not; it listens on 127.0.0.1:18789 only', async () => {
    await withGateway(tokenSnippet, async () => {
      expect((await health(token)).code).toBe(0)
      expect((await health(`${token}x`)).code).not.toBe(0)
    })
    configure(tokenSnippet)
    const without = await machine.run('timeout 5 moltbot gateway')
    expect(without.code).toBe(78)
    expect(without.stderr).toContain('CLAWDBOT_GATEWAY_TOKEN')

    await withGateway(bindSnippet, async () => {
      const listening = read('/proc/1/net/tcp')
        .split('\n')
        .filter((line) => line.includes(' 0A '))
      expect(listening.map((line) => line.trim().split(/\s+/)[1])).toEqual(['0100007F:4965'])
      expect(read('/proc/1/net/tcp6')).not.toContain(' 0A ')
    })
  })

  it('M49 M50 M51 M52: each key of logging does what it says', async () => {
    const file = '/var/log/moltbot/moltbot.log'
    const started = /The gateway is ready/
    const knock = () => health('c4nary-wrong-0123456789abcdef')
    await machine.run('rm -rf /tmp/moltbot')
    const first = await withGateway(logSnippet, knock)
    const lines = () =>
      read(file)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    const levels = () =>
      [...new Set(lines().map((line) => line._meta?.logLevelName ?? line.level))].map((level) =>
        String(level).toLowerCase(),
      )
    expect(levels()).toContain('info')
    expect(levels()).not.toContain('debug')
    expect((await machine.run('ls /tmp/moltbot/moltbot-*')).code).not.toBe(0)
    // consoleLevel: the refusal is a warning, the start is not.
    expect(first.stdout + first.stderr).toMatch(/refused/i)
    expect(first.stdout).not.toMatch(started)

    writeFileSync(machine.path(file), '')
    await withGateway(logSnippet.replace('"info"', '"debug"'), knock)
    expect(levels()).toContain('debug')
    writeFileSync(machine.path(file), '')
    await withGateway(logSnippet.replace('"info"', '"error"'), knock)
    expect(read(file)).toBe('')

    const refusal = async (style: string) => {
      const { stdout, stderr } = await withGateway(logSnippet.replace('"compact"', `"${style}"`), knock)
      return (stdout + stderr).split('\n').find((line) => line.includes('refused')) ?? ''
    }
    expect(JSON.parse(await refusal('json'))).toMatchObject({ 0: 'A connection was refused' })
    const [compact, pretty] = [await refusal('compact'), await refusal('pretty')]
    expect(compact).toMatch(/WARN.*A connection was refused/)
    expect(pretty).toMatch(/warn.*A connection was refused/i)
    expect(pretty).not.toBe(compact)
  })

  it('M53: redactSensitive keeps what looks like a key out of the file, and off lets it in', async () => {
    const file = '/var/log/moltbot/moltbot.log'
    const key = `sk-ant-api03-${'c4nary'.repeat(6)}`
    // The origin of a foreign page is one thing that a log line repeats.
    const visit = async () => {
      const upgrade = '-H "Connection: Upgrade" -H "Upgrade: websocket" -H "Sec-WebSocket-Version: 13"'
      const page = `-H "Sec-WebSocket-Key: c2FtcGxlIG5vbmNlIHZhbA==" -H "Origin: https://${key}.example"`
      await machine.run(`curl -s ${upgrade} ${page} http://127.0.0.1:18789/`)
      await until(() => read(file).includes('A foreign page was refused'), 'its entry')
    }
    for (const [text, isThere] of [
      [logSnippet, false],
      [logSnippet.replace('"tools"', '"off"'), true],
    ] as const) {
      writeFileSync(machine.path(file), '')
      await withGateway(text, visit)
      expect(read(file).includes(key), text).toBe(isThere)
    }
  })

  it('M06 M95: with the level warn, the file has no start and the terminal no warning', async () => {
    await machine.run('rm -rf /tmp/moltbot')
    const { stdout, stderr } = await withGateway(quietSnippet, () => health('c4nary-wrong-0123456789abcdef'))
    const log = `/tmp/moltbot/moltbot-${(await machine.run('date +%Y-%m-%d')).stdout.trim()}.log`
    await until(() => read(log).includes('refused'), 'the warning')
    expect(read(log)).not.toMatch(/"INFO"|"level":"info"/i)
    expect(stdout + stderr).not.toMatch(/refused/)
  })

  it('M90 M91 M92: the queue is checked, kept, and read back', async () => {
    await withGateway(queueSnippet, async () => expect((await health(token)).code).toBe(0))
    const queue = await machine.run('moltbot config get messages.queue --json')
    expect(JSON.parse(queue.stdout)).toMatchObject({ mode: 'collect', debounceMs: 1000, cap: 20 })
    for (const [from, to] of [
      ['"collect"', '"gather"'],
      ['1000', '-1'],
      ['20', '"many"'],
    ] as const) {
      configure(queueSnippet.replace(from, to))
      const refused = await machine.run('timeout 5 moltbot gateway', env)
      expect(refused.code).toBe(78)
      expect(refused.stderr).toMatch(/messages\.queue\.\w+[\s\S]*line [456], column/)
    }
  })

  it('M93 M94: cpuLimit and memoryLimit are taken as cpus and memory', async () => {
    await withGateway(sandboxSnippet, async () => expect((await health(token)).code).toBe(0))
    const docker = await machine.run('moltbot config get agents.defaults.sandbox.docker --json')
    expect(JSON.parse(docker.stdout)).toMatchObject({ cpus: 2, memory: '2g' })
  })

  it('M85: gateway --verbose shows on the terminal what the log leaves out', async () => {
    const quiet = await withGateway('{}', () => health(token))
    const loud = await withGateway('{}', () => health(token), 'exec moltbot gateway --verbose')
    expect(quiet.stdout + quiet.stderr).not.toMatch(/A client connected/)
    expect(loud.stdout + loud.stderr).toMatch(/A client connected/)
  })
})
