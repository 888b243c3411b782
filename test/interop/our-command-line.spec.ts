import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../fixtures/host-under-test.ts'
import { endOf, entry, runClawdbot, startClawdbot, token, whyNoClawdbot } from './clawdbot.ts'
import { runOurs } from './our-gateway.ts'
import { makeSharedFolder, type SharedFolder } from './shared-folder.ts'

/** Our command line against the gateway of clawdbot, with no host running. */
describe.skipIf(entry === '')(`our command line against the released gateway [${whyNoClawdbot}]`, () => {
  let folder: SharedFolder
  let gateway: Awaited<ReturnType<typeof startClawdbot>>
  let port = 0
  beforeAll(async () => {
    port = await freePort()
    folder = makeSharedFolder(
      (base) => ({
        gateway: { mode: 'local', port, controlUi: { enabled: false } },
        browser: { enabled: false },
        logging: { file: join(base, 'clawdbot.log') },
      }),
      { sessionId: 's-one', updatedAt: Date.now() },
    )
    gateway = await startClawdbot(folder.env, port, folder.base)
  })
  afterAll(async () => {
    await endOf(gateway)
    folder.remove()
  })

  const ours = async (line: string) => {
    const { code, stdout, stderr } = await runOurs(line.split(' '), folder.env)
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
    const theirs = await runClawdbot(['gateway', 'call', 'sessions.list', '--json'], folder.env)
    const sessionsOf = (text: string) => JSON.parse(text.slice(text.indexOf('{'))).sessions
    expect(sessionsOf(await ours('gateway call sessions.list --json'))).toEqual(sessionsOf(theirs.stdout))
    const unknown = await runOurs(['gateway', 'call', 'nonesuch'], folder.env)
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('nonesuch')
    const stranger = await runOurs(['health'], { ...folder.env, CLAWDBOT_GATEWAY_TOKEN: `${token}x` })
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
