// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { secretMaxBytes } from '../../../shared/secrets.ts'
import { HostUnderTest, makeHome, type TestHome, until } from '../../fixtures/host-under-test.ts'
import { KeyringSession } from '../../fixtures/keyring-session.ts'
import { describeWith } from '../../setup/requirements.ts'
import { commandLine, homes } from '../gateway/gateway-process.ts'

const home = homes()
const value = 'sk-canary-of-the-command-line-0815'

/** Runs the command line with this on its standard input. */
async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input: string | Buffer = '',
  heard: (stderr: string) => void = () => {},
) {
  const child = spawn(process.execPath, [commandLine, 'secrets', ...args], { env })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
    heard(stderr)
  })
  child.stdin.on('error', () => {}) // it may end before it has read all
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

/** As `home()`, without a token in the environment. */
function plainHome(config?: string) {
  const made = home(config)
  const { CLAWDBOT_GATEWAY_TOKEN: _, ...env } = made.env
  return { ...made, env }
}

describe('moltbot secrets, with no host running', () => {
  it('sets from standard input, lists, checks and deletes, and never shows a value', async () => {
    const { env, stateDir } = plainHome('{ gateway: { auth: { token: "0123456789abcdef01234567" } } }')
    const set = await run(['set', 'OPENAI_API_KEY'], env, `${value}\n`)
    expect(set).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(stateDir, '.env'), 'utf8')).toBe(`OPENAI_API_KEY=${value}\n`)
    expect(statSync(join(stateDir, '.env')).mode & 0o777).toBe(0o600)
    const list = await run(['list', '--json'], env)
    expect(JSON.parse(list.stdout)).toMatchObject({
      ok: true,
      store: { kind: 'envFile', state: 'ready' },
      secrets: [
        { name: 'CLAWDBOT_GATEWAY_TOKEN', source: 'config' },
        { name: 'OPENAI_API_KEY', source: 'envFile', stored: true },
      ],
    })
    const check = await run(['check'], env)
    expect(check.code).toBe(0)
    const table = await run(['list'], env)
    expect(table.stdout).toMatch(/^OPENAI_API_KEY +\.env +just now +-$/m)
    for (const { stdout, stderr } of [set, list, check, table])
      expect(stdout + stderr).not.toContain('canary')
    expect((await run(['delete', 'OPENAI_API_KEY'], env)).code).toBe(0)
    expect(readFileSync(join(stateDir, '.env'), 'utf8')).toBe('')
    expect((await run(['delete', 'OPENAI_API_KEY'], env)).code).toBe(1)
  })

  it('refuses a value on the command line, wherever it stands, and does not repeat it', async () => {
    const { env, base } = plainHome()
    for (const args of [
      ['set', 'OPENAI_API_KEY', value],
      ['set', 'OPENAI_API_KEY', `--value=${value}`],
      ['set', 'OPENAI_API_KEY', '--json', `-----BEGIN ${value}`],
      ['set', `OPENAI_API_KEY=${value}`],
    ]) {
      const { code, stdout, stderr } = await run(args, env)
      expect({ args, code }).toEqual({ args, code: 2 })
      expect(stdout + stderr).not.toContain('canary')
      expect(stdout + stderr).not.toBe('')
    }
    expect(readdirSync(base)).toEqual(['state', 'tmp'].filter((name) => readdirSync(base).includes(name)))
  })

  it.each([
    ['a NUL', `${value}\0rest`, 'SECRET_VALUE_INVALID'],
    ['100 kB', 'x'.repeat(100_000), 'SECRET_TOO_LONG'],
    ['control characters only', '\u0001'.repeat(secretMaxBytes), 'SECRET_VALUE_INVALID'],
  ])('refuses %s with a reason', async (_, input, code) => {
    const { env, base } = plainHome()
    const refused = await run(['set', 'OPENAI_API_KEY', '--json'], env, input)
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({ ok: false, code })
    expect(readdirSync(base)).not.toContain('state')
  })

  it('tells with 1 what is missing, and what needs it', async () => {
    const { env } = plainHome('{ gateway: { auth: { password: "${GONE_SECRET}" } } }')
    const { code, stdout, stderr } = await run(['check'], env)
    expect(code).toBe(1)
    expect(stdout).toContain('GONE_SECRET')
    expect(stderr).toContain('gateway.auth.password needs GONE_SECRET')
  })
})

describeWith(['procfs'], 'moltbot secrets, at a terminal', () => {
  /** Types each answer once its question is there. */
  async function type(args: string, env: NodeJS.ProcessEnv, answers: readonly [string, string][]) {
    const line = `${process.execPath} ${commandLine} secrets ${args}; echo "code $?"; stty -a | grep -o -- '-\\?echo '`
    const child = spawn('script', ['-qec', line, '/dev/null'], { env })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    for (const [question, answer] of answers) {
      await until(() => output.includes(question), `${question} in ${output}`)
      child.stdin.write(answer)
    }
    await until(() => /\n-?echo/.test(output), `the end of ${output}`)
    child.stdin.end()
    await new Promise((resolve) => child.once('close', resolve))
    return output
  }

  it('asks without showing what is typed, takes corrections and pasted lines, and leaves the terminal as it was', async () => {
    const { env, stateDir } = plainHome()
    const typed = await type('set OPENAI_API_KEY', env, [['(not shown)', `${value}XX\u007f\u007f\r`]])
    expect(typed).toContain('code 0')
    expect(typed).not.toContain('canary')
    expect(typed).toMatch(/\necho/)
    const pasted = await type('set CERTIFICATE', env, [['(not shown)', 'first line of it\rsecond line\r']])
    expect(pasted).toContain('code 0')
    expect(readFileSync(join(stateDir, '.env'), 'utf8')).toBe(
      `OPENAI_API_KEY=${value}\nCERTIFICATE='first line of it\nsecond line'\n`,
    )
  })

  it('changes nothing at Ctrl-C, and leaves the terminal as it was', async () => {
    const { env, stateDir } = plainHome()
    const output = await type('set OPENAI_API_KEY', env, [['(not shown)', `${value}\u0003`]])
    expect(output).toContain('code 1')
    expect(output).toContain('Nothing was changed')
    expect(output).toMatch(/\necho/)
    expect(() => statSync(stateDir)).toThrow('ENOENT')
  })
})

describeWith(['procfs', 'gnome-keyring'], 'moltbot secrets, with a host running', () => {
  let session: KeyringSession | null = null
  let testHome: TestHome | null = null
  let host: HostUnderTest | null = null
  afterEach(async () => {
    await host?.leave()
    await testHome?.remove()
    await session?.stop()
  })

  it('keeps a value in the keychain and out of everything else', async () => {
    session = await KeyringSession.start('unlocked')
    testHome = await makeHome()
    const { MOLTBOT_KEYCHAIN: _, ...env } = testHome.env
    const { DBUS_SESSION_BUS_ADDRESS } = session.env
    Object.assign(testHome, { env: { ...env, DBUS_SESSION_BUS_ADDRESS } })
    mkdirSync(testHome.stateDir, { mode: 0o700 })
    const config = '{ gateway: { auth: { token: "0123456789abcdef01234567" } }, a: "${OPENAI_API_KEY}" }'
    writeFileSync(join(testHome.stateDir, 'moltbot.json'), config)
    host = HostUnderTest.start(testHome)
    await host.link()
    expect(await run(['set', 'OPENAI_API_KEY'], testHome.env, value)).toMatchObject({ code: 0 })
    const list = await run(['list', '--json'], testHome.env)
    expect(JSON.parse(list.stdout).secrets).toContainEqual(
      expect.objectContaining({ name: 'OPENAI_API_KEY', source: 'keychain', usedBy: ['a'] }),
    )
    const check = await run(['check'], testHome.env)
    expect(check).toEqual({ code: 0, stdout: expect.stringContaining('All are there.'), stderr: '' })
    for (const name of readdirSync(testHome.folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(testHome.folder, name)
      if (statSync(path).isFile())
        expect({ path, has: readFileSync(path, 'latin1').includes('canary') }).toEqual({ path, has: false })
    }
    session.pause()
    const patient = await run(['check'], testHome.env, '', (stderr) => {
      if (stderr.includes('has not answered yet')) session?.resume()
    })
    expect(patient).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('may be asking for its password'),
    })
  })
})
