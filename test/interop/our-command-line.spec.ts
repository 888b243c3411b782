import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../fixtures/host-under-test.ts'
import { endOf, entry, runClawdbot, startClawdbot, token, whyNoClawdbot } from './clawdbot.ts'
import { runOurs } from './our-gateway.ts'

/** Our command line against the gateway of clawdbot, with no host running. */
describe.skipIf(entry === '')(`our command line against the released gateway [${whyNoClawdbot}]`, () => {
  let base = ''
  let env: Record<string, string> = {}
  let gateway: Awaited<ReturnType<typeof startClawdbot>>
  let port = 0
  beforeAll(async () => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-interop-')))
    const stateDir = join(base, 'state')
    const sessions = join(stateDir, 'agents', 'main', 'sessions')
    mkdirSync(sessions, { recursive: true, mode: 0o700 })
    port = await freePort()
    writeFileSync(
      join(stateDir, 'moltbot.json'),
      JSON.stringify({
        gateway: { mode: 'local', port, controlUi: { enabled: false } },
        browser: { enabled: false },
        logging: { file: join(base, 'clawdbot.log') },
      }),
      { mode: 0o600 },
    )
    writeFileSync(
      join(sessions, 'sessions.json'),
      JSON.stringify({ 'agent:main:main': { sessionId: 's-one', updatedAt: Date.now() } }),
      { mode: 0o600 },
    )
    env = {
      PATH: process.env.PATH ?? '',
      HOME: base,
      TMPDIR: base,
      MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN ?? '',
      CLAWDBOT_STATE_DIR: stateDir,
      CLAWDBOT_CONFIG_PATH: join(stateDir, 'moltbot.json'),
      MOLTBOT_HOST_DIR: join(base, 'host'),
      MOLTBOT_LOG_DIR: join(base, 'log'),
      MOLTBOT_KEYCHAIN: 'none',
      CLAWDBOT_GATEWAY_TOKEN: token,
    }
    gateway = await startClawdbot(env, port, base)
  })
  afterAll(async () => {
    await endOf(gateway)
    rmSync(base, { recursive: true, force: true })
  })

  const ours = async (line: string) => {
    const { code, stdout, stderr } = await runOurs(line.split(' '), env)
    expect({ line, code, ...(code === 0 ? {} : { stdout, stderr }) }).toEqual({ line, code: 0 })
    expect(stdout + stderr).not.toContain(token)
    return stdout
  }
  const json = async (line: string) => JSON.parse(await ours(line))

  it('health and gateway call', async () => {
    expect(await ours('health')).toMatch(/well/)
    expect(await json('health --json')).toMatchObject({ ok: true })
    expect(await json('gateway call health --json')).toMatchObject({ ok: true, defaultAgentId: 'main' })
    expect(await json('gateway call status --json')).toMatchObject({ sessions: { count: 1 } })
    const theirs = await runClawdbot(['gateway', 'call', 'sessions.list', '--json'], env)
    const sessionsOf = (text: string) => JSON.parse(text.slice(text.indexOf('{'))).sessions
    expect(sessionsOf(await ours('gateway call sessions.list --json'))).toEqual(sessionsOf(theirs.stdout))
    const unknown = await runOurs(['gateway', 'call', 'nonesuch'], env)
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('nonesuch')
    const stranger = await runOurs(['health'], { ...env, CLAWDBOT_GATEWAY_TOKEN: `${token}x` })
    expect(stranger.code).not.toBe(0)
    expect(stranger.stderr).toMatch(/token/i)
  })

  it('status, with its figures', async () => {
    expect(await ours('status')).toContain(String(port))
    const status = await json('status --json')
    expect(status.gateway).toMatchObject({ reachable: true })
    expect(status.sessions.count).toBe(1)
    expect(await ours('status --deep')).toContain(String(port))
  })

  it('logs, channels, sessions and config', async () => {
    expect(await ours('logs --tail 200')).toMatch(/listening on ws:/)
    expect(await ours('channels status')).not.toBe('')
    expect((await json('sessions list --json')).sessions).toMatchObject([{ key: 'agent:main:main' }])
    expect((await ours('config get gateway.port')).trim()).toBe(String(port))
  })
})
