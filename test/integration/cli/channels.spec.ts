// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the reference is the configuration’s own
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort, homes, programs, token } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()
const config = `{ channels: {
  whatsapp: { accounts: { default: {}, old: { enabled: false } } },
  telegram: { botToken: '123456:literal-secret-in-the-configuration' },
} }`

async function moltbot(env: Record<string, string>, ...args: string[]) {
  const program = run(args, env)
  const code = await program.exit
  return { code, ...program.output() }
}

/** A released gateway that is installed and in use, whose script writes down how it was called. */
function withPackage({ base, env }: Pick<ReturnType<typeof home>, 'base' | 'env'>) {
  const name = 'clawdbot'
  const version = '2026.1.24'
  const folder = join(env.MOLTBOT_HOST_DIR ?? '', 'gateways', `${name}@${version}`)
  const root = join(folder, 'node_modules', name)
  mkdirSync(root, { recursive: true })
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name, version, type: 'module', bin: { [name]: 'entry.js' } }),
  )
  writeFileSync(
    join(root, 'entry.js'),
    `import { writeFileSync } from 'node:fs'
    const { CLAWDBOT_STATE_DIR: state, CLAWDBOT_GATEWAY_TOKEN: token } = process.env
    writeFileSync(${JSON.stringify(join(base, 'called.json'))}, JSON.stringify({ args: process.argv.slice(2), state, token }))
    console.log('scan this')
    process.exit(7)`,
  )
  const entry = join('node_modules', name, 'entry.js')
  const installed = [{ package: name, version, entry, installedAt: 1, bytes: null }]
  writeFileSync(
    join(env.MOLTBOT_HOST_DIR ?? '', 'gateways.json'),
    JSON.stringify({ active: `${name}@${version}`, pending: null, installed }),
  )
  return join(base, 'called.json')
}

describe('channels', () => {
  it('are shown by the configuration where no gateway answers, else as one tells', async () => {
    const { env } = home(config)
    const port = String(await freePort())
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: port }
    const [list, down, one, absent, unknown] = await Promise.all([
      moltbot(here, 'channels', 'list', '--json'),
      moltbot(here, 'channels', 'status'),
      moltbot(here, 'channels', 'status', 'whatsapp', '--json'),
      moltbot(here, 'channels', 'status', 'signal'),
      moltbot(here, 'channels', 'status', 'pigeon'),
    ])
    expect([list, down, one, absent, unknown].map(({ code }) => code)).toEqual([0, 0, 0, 0, 2])
    expect(JSON.parse(list.stdout).channels).toMatchObject([
      { id: 'telegram', accounts: [{ accountId: 'default' }] },
      { id: 'whatsapp', accounts: [{ accountId: 'default' }, { accountId: 'old', enabled: false }] },
    ])
    expect(down.stderr).toContain('nothing listens there')
    expect(down.stdout).toMatch(/^WhatsApp +default +not linked/m)
    expect(down.stdout).toMatch(/^ +old +off$/m)
    // The files do not tell what a gateway would do: the one in use may be a released one.
    expect(down.stdout + list.stdout).not.toContain('does not run')
    expect(list.stdout).not.toContain('"running"')
    expect(JSON.parse(one.stdout)).toMatchObject({
      channelOrder: ['whatsapp'],
      channels: { whatsapp: { linked: false } },
      gateway: { reachable: false, problem: { code: 'GATEWAY_UNREACHABLE' } },
    })
    expect(Object.keys(JSON.parse(one.stdout).channels)).toEqual(['whatsapp'])
    expect(absent.stdout).toContain('not set up')
    expect(unknown.stderr).toContain('telegram, whatsapp')

    await run(['gateway', '--port', port], env).untilOutput('Gateway ready')
    const up = await moltbot(here, 'channels', 'status', '--probe', '--json')
    expect(up).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(up.stdout)).toMatchObject({
      channelOrder: ['telegram', 'whatsapp'],
      gateway: { reachable: true },
    })
    for (const { stdout, stderr } of [list, down, one, up]) {
      expect(stdout + stderr).not.toContain('literal-secret')
    }
  })

  it('are shown also where the secrets are locked away', async () => {
    const { env, stateDir, base } = home('{ channels: { telegram: { botToken: "${TG_BOT_TOKEN}" } } }')
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: String(await freePort()) }
    writeFileSync(join(stateDir, '.env'), 'TG_BOT_TOKEN=123456:a-secret-of-the-store\n', { mode: 0o600 })
    const passphrase = join(base, 'passphrase')
    writeFileSync(passphrase, 'five unrelated words of somebody\n', { mode: 0o600 })
    const sealed = await moltbot(here, 'secrets', 'store', 'sealed-file', '--passphrase-file', passphrase)
    expect(sealed).toMatchObject({ code: 0, stderr: '' })
    const [list, status, all] = await Promise.all([
      moltbot(here, 'channels', 'list'),
      moltbot(here, 'channels', 'status'),
      moltbot(here, 'status'),
    ])
    expect([list, status, all].map(({ code }) => code)).toEqual([0, 0, 0])
    // The list needs no secret, and asks for none.
    expect(list.stderr).toBe('')
    expect(status.stderr).toContain('moltbot secrets unlock')
    for (const { stdout } of [list, status]) expect(stdout).toMatch(/^Telegram +default +set up$/m)
    expect(all.stdout).toMatch(/^Channels +Telegram: set up$/m)
    expect(all.stdout).toContain(`nothing listens on port ${here.CLAWDBOT_GATEWAY_PORT}`)
  })

  it('are linked by the released gateway in use, in this terminal and on the same state', async () => {
    const { env, stateDir, base } = home('{}')
    const builtIn = await moltbot(env, 'channels', 'login', '--channel', 'whatsapp')
    expect(builtIn.code).toBe(1)
    expect(builtIn.stderr).toContain('moltbot update follow clawdbot')
    const called = withPackage({ base, env })
    const login = await moltbot(env, 'channels', 'login', '--channel', 'whatsapp', '--verbose')
    expect(login).toMatchObject({ code: 7, stdout: 'scan this\n', stderr: '' })
    expect(JSON.parse(readFileSync(called, 'utf8'))).toEqual({
      args: ['channels', 'login', '--channel', 'whatsapp', '--verbose'],
      state: stateDir,
      token,
    })
  })
})
