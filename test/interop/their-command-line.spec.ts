import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../fixtures/host-under-test.ts'
import { endOf, entry, runClawdbot, token, whyNoClawdbot } from './clawdbot.ts'
import { runOurs, startOurs } from './our-gateway.ts'
import { makeSharedFolder, type SharedFolder } from './shared-folder.ts'

const sessionKey = 'agent:main:main'
const now = Date.now()

/** clawdbot's command line, on the same state folder, against our gateway. */
describe.skipIf(entry === '')(`the released command line against our gateway [${whyNoClawdbot}]`, () => {
  let folder: SharedFolder
  let gateway: Awaited<ReturnType<typeof startOurs>>
  let port = 0
  beforeAll(async () => {
    port = await freePort()
    folder = makeSharedFolder(
      () => ({ gateway: { mode: 'local', port, auth: { token: `\${CLAWDBOT_GATEWAY_TOKEN}` } } }),
      { sessionId: 's-one', updatedAt: now, inputTokens: 10, outputTokens: 5, totalTokens: 15 },
    )
    writeFileSync(
      join(folder.base, 'state/agents/main/sessions/s-one.jsonl'),
      `${JSON.stringify({ type: 'message', message: { role: 'user', content: [{ type: 'text', text: 'hello' }] } })}\n`,
      { mode: 0o600 },
    )
    gateway = await startOurs(folder.env, port)
  })
  afterAll(async () => {
    await endOf(gateway)
    folder.remove()
  })

  const clawdbot = async (line: string, given: Record<string, string> = {}) => {
    const answer = await runClawdbot(line.split(' '), { ...folder.env, ...given })
    return { line, ...answer }
  }
  const done = async (line: string) => {
    const { code, stdout, stderr } = await clawdbot(line)
    expect({ line, code, ...(code === 0 ? {} : { stdout, stderr }) }).toEqual({ line, code: 0 })
    expect(`${stdout}${stderr}`).not.toContain(token)
    return stdout
  }
  const json = async (line: string) => {
    const text = await done(line)
    return JSON.parse(text.slice(text.indexOf('{')))
  }

  it('health, in words and as JSON, and by its other names', async () => {
    const health = await json('health --json')
    expect(health).toMatchObject({ ok: true, defaultAgentId: 'main', sessions: { count: 1 } })
    expect(health.agents).toMatchObject([{ agentId: 'main', isDefault: true }])
    expect(health.sessions.recent).toMatchObject([{ key: sessionKey }])
    const [words, short] = await Promise.all(['health', 'gateway health'].map(done))
    // It gives an answer 800 ms, so that nothing else may run beside it.
    const probe = await done('gateway probe')
    expect(words).toMatch(/Agents: main \(default\)/)
    expect(words).toMatch(/1 entries|1 entry/)
    expect(short).toContain('OK')
    expect(probe).toContain('Reachable: yes')
    expect(probe).toMatch(/Connect: ok .*RPC: ok/)
  })

  it('status, status --json and status --deep', async () => {
    const status = await json('status --json')
    expect(status.gateway).toMatchObject({ reachable: true, misconfigured: false, error: null })
    expect(status.sessions).toMatchObject({ count: 1, recent: [{ key: sessionKey }] })
    const [words, deep] = await Promise.all(['status', 'status --deep'].map(done))
    expect(words).toMatch(/reachable \d+ms/)
    expect(words).toContain(sessionKey)
    expect(deep).toMatch(/Health/)
    expect(deep).toMatch(/Gateway .*reachable/)
  })

  it('gateway call of each method, and what is refused', async () => {
    const call = (method: string) => json(`gateway call ${method} --json`)
    const [health, status, sessions] = await Promise.all(['health', 'status', 'sessions.list'].map(call))
    expect(health).toMatchObject({ ok: true })
    expect(status).toMatchObject({ channelSummary: [], queuedSystemEvents: [], sessions: { count: 1 } })
    expect(sessions.sessions).toMatchObject([
      { key: sessionKey, kind: 'direct', sessionId: 's-one', totalTokens: 15 },
    ])
    const [config, channels, agents, models, tail] = await Promise.all(
      ['config.get', 'channels.status', 'agents.list', 'models.list', 'logs.tail'].map(call),
    )
    expect(config).toMatchObject({ exists: true, valid: true, path: folder.env.CLAWDBOT_CONFIG_PATH })
    expect(JSON.stringify(config)).not.toContain(token)
    expect(channels).toMatchObject({ channelOrder: expect.any(Array), channels: expect.any(Object) })
    expect(agents).toMatchObject({ defaultId: 'main', mainKey: 'main', agents: [{ id: 'main' }] })
    expect(models).toMatchObject({ models: expect.any(Array) })
    expect(tail).toMatchObject({
      file: expect.stringContaining(join(folder.base, 'log')),
      truncated: expect.any(Boolean),
    })
    expect(tail.lines.length).toBeGreaterThan(0)

    const unknown = await clawdbot('gateway call nonesuch')
    expect(unknown).toMatchObject({ code: 1 })
    expect(unknown.stderr).toContain('unknown method: nonesuch')
    const wrong = await runClawdbot(
      ['gateway', 'call', 'sessions.list', '--params', '{"limit":"x"}'],
      folder.env,
    )
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain('limit')
    const stranger = await clawdbot('gateway call health', { CLAWDBOT_GATEWAY_TOKEN: `${token}x` })
    expect(stranger.code).toBe(1)
    expect(stranger.stderr).toMatch(/unauthorized|token/i)
  })

  it('logs, sessions and channels status', async () => {
    const lines = (await done('logs --json --limit 20'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines[0]).toMatchObject({ type: 'meta', file: expect.stringContaining('.log') })
    const logged = lines.filter(({ type }) => type === 'log')
    expect(logged.length).toBeGreaterThan(0)
    for (const line of logged)
      expect(line).toMatchObject({ time: expect.any(String), level: expect.any(String) })
    expect(logged.map(({ message }) => message).join('\n')).toMatch(/listen|ready|start/i)
    expect(await done('logs --limit 5 --plain')).toMatch(/info/)
    expect((await json('sessions --json')).sessions).toMatchObject([{ key: sessionKey }])
    expect(await done('channels status')).toContain('Gateway reachable')
  })

  it('and the sessions that it changes through our gateway are changed on the disk, for both', async () => {
    const params = JSON.stringify({ key: sessionKey, thinkingLevel: 'high' })
    const patched = await runClawdbot(
      ['gateway', 'call', 'sessions.patch', '--json', '--params', params],
      folder.env,
    )
    expect(patched).toMatchObject({ code: 0 })
    expect((await json('sessions --json')).sessions).toMatchObject([
      { key: sessionKey, thinkingLevel: 'high' },
    ])
    const ours = await runOurs(['sessions', '--json'], folder.env)
    expect(JSON.parse(ours.stdout).sessions).toMatchObject([{ key: sessionKey, thinkingLevel: 'high' }])
  })
})
