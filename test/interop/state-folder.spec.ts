import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../fixtures/host-under-test.ts'
import { filesIn } from '../fixtures/tree-digest.ts'
import { endOf, entry, runClawdbot, startClawdbot, token, whyNoClawdbot } from './clawdbot.ts'
import { runOurs, startOurs } from './our-gateway.ts'

/** One state folder, made by one of the two and opened by the other. */
describe.skipIf(entry === '')(`one state folder for both [${whyNoClawdbot}]`, () => {
  let base = ''
  let env: Record<string, string> = {}
  let port = 0
  beforeEach(async () => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-interop-')))
    mkdirSync(join(base, 'tmp'))
    port = await freePort()
    env = {
      PATH: process.env.PATH ?? '',
      HOME: base,
      TMPDIR: join(base, 'tmp'),
      MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN ?? '',
      MOLTBOT_HOST_DIR: join(base, 'host'),
      MOLTBOT_LOG_DIR: join(base, 'log'),
      MOLTBOT_KEYCHAIN: 'none',
    }
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  const clawdbot = async (line: string, given: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await runClawdbot(line.split(' '), { ...env, ...given })
    expect({ line, code, ...(code === 0 ? {} : { stdout, stderr }) }).toEqual({ line, code: 0 })
    return stdout
  }
  const ours = async (line: string, given: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await runOurs(line.split(' '), { ...env, ...given })
    expect({ line, code, ...(code === 0 ? {} : { stdout, stderr }) }).toEqual({ line, code: 0 })
    return stdout
  }
  const state = () => join(base, '.clawdbot')

  it('that clawdbot made is opened by our gateway, with its token, port and sessions, and left as it is', async () => {
    await clawdbot('setup')
    await clawdbot(
      `onboard --non-interactive --accept-risk --auth-choice skip --skip-health --skip-skills --skip-channels --skip-ui --gateway-port ${port} --gateway-bind loopback`,
    )
    await clawdbot('config set logging.level debug')
    await clawdbot('doctor --fix --non-interactive')
    const theirConfig = readFileSync(join(state(), 'clawdbot.json'), 'utf8')
    const before = filesIn(state(), ['identity'])

    const gateway = await startOurs(env, port)
    try {
      expect(await ours('health')).toMatch(/well/)
      expect((await ours('config get gateway.port')).trim()).toBe(String(port))
      expect(await ours('config validate')).not.toMatch(/unknown/i)
      // Their own client opens our gateway with the token that their wizard made.
      const health = await clawdbot('health --json')
      expect(JSON.parse(health.slice(health.indexOf('{')))).toMatchObject({
        ok: true,
        defaultAgentId: 'main',
      })
      expect(JSON.parse(await ours('sessions --json')).sessions).toEqual([])
      const { gateway: part } = JSON.parse(theirConfig)
      expect(await ours('config get gateway')).not.toContain(part.auth.token)
    } finally {
      await endOf(gateway)
    }
    expect(filesIn(state(), ['identity'])).toEqual(before)
  })

  it('that ours made is opened by clawdbot, which is given the token', async () => {
    // A first run of the host's parts: what `moltbot host` writes where nothing is.
    await ours('doctor --fix')
    await ours(`config set gateway.port ${port}`)
    await ours('config set logging.level warn')
    const config = readFileSync(join(state(), 'moltbot.json'), 'utf8')
    expect(config).toContain('CLAWDBOT_GATEWAY_TOKEN')
    const given = { CLAWDBOT_GATEWAY_TOKEN: token, CLAWDBOT_CONFIG_PATH: join(state(), 'moltbot.json') }
    expect(JSON.parse(await clawdbot('config get gateway --json', given))).toMatchObject({
      mode: 'local',
      port,
    })

    const gateway = await startClawdbot({ ...env, ...given }, port, base)
    try {
      expect(await ours('health', given)).toMatch(/well/)
      const answer = await clawdbot('gateway call health --json', given)
      expect(answer).toContain('"ok": true')
    } finally {
      await endOf(gateway)
    }
  })
})
