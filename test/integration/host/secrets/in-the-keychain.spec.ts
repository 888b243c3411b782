// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { gatewayTokenName } from '../../../../shared/secrets.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { KeyringSession } from '../../../fixtures/keyring-session.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { problemOf, SecretsHome } from './secrets-home.ts'

const value = 'sk-canary-of-the-keychain-4711'
let session: KeyringSession
let home: SecretsHome

beforeEach(async () => {
  home = await SecretsHome.make()
})
afterEach(() => home.remove())

/** Every file below the folder that has the text in it. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path, 'latin1').includes(text))
}

describeWith(['procfs', 'gnome-keyring'], 'secrets in the keychain', () => {
  beforeAll(async () => {
    session = await KeyringSession.start('unlocked')
  })
  afterAll(() => session.stop())

  it('are set, listed, handed over and deleted, and lie in no file', async () => {
    const secrets = await home.open(session.env)
    const view = await secrets.set('ANTHROPIC_API_KEY', `  ${value}\n`)
    expect(view.store).toMatchObject({ kind: 'keychain', state: 'ready', title: 'Secret Service' })
    expect(view.secrets.find(({ name }) => name === 'ANTHROPIC_API_KEY')).toMatchObject({
      source: 'keychain',
      stored: true,
      inEnvFile: false,
    })
    expect(JSON.stringify(view)).not.toContain(value)
    expect(await secrets.readValues()).toEqual({ ok: true, values: { ANTHROPIC_API_KEY: value } })
    expect(filesWith(home.folder, 'canary')).toEqual([])
    expect(secrets.knownValues).toContain(value)

    const later = await home.open(session.env)
    expect(later.storedNames).toEqual(['ANTHROPIC_API_KEY'])
    await later.delete('ANTHROPIC_API_KEY')
    expect(await later.readValues()).toEqual({ ok: true, values: {} })
    expect((await problemOf(later.delete('ANTHROPIC_API_KEY'))).code).toBe('SECRET_UNKNOWN')
    expect(home.notes.map(({ kind }) => kind)).toEqual(['secretSet', 'secretDeleted'])
    expect(JSON.stringify(home.notes)).not.toContain(value)
  })

  it('of two state folders do not meet', async () => {
    const other = await SecretsHome.make()
    await (await home.open(session.env)).set('OPENAI_API_KEY', 'of the one folder')
    await (await other.open(session.env)).set('OPENAI_API_KEY', 'of the other folder')
    const read = await (await home.open(session.env)).readValues()
    expect(read).toEqual({ ok: true, values: { OPENAI_API_KEY: 'of the one folder' } })
    await other.remove()
  })

  it('take the place of a line in .env when it is moved, whose other lines stay', async () => {
    await writeFile(home.envFilePath, `# mine\nMODE=quiet\nOPENAI_API_KEY='${value}' # old\nLAST=1`)
    const secrets = await home.open(session.env)
    const view = await secrets.move('OPENAI_API_KEY')
    expect(view.secrets.find(({ name }) => name === 'OPENAI_API_KEY')).toMatchObject({
      source: 'keychain',
      inEnvFile: false,
    })
    expect(await readFile(home.envFilePath, 'utf8')).toBe('# mine\nMODE=quiet\nLAST=1')
    expect(await secrets.readValues()).toEqual({ ok: true, values: { OPENAI_API_KEY: value } })
  })

  it('that were rotated are not undone by moving an older line', async () => {
    await writeFile(home.envFilePath, `${gatewayTokenName}=the-token-of-before-0123456789\n`)
    const secrets = await home.open(session.env)
    await secrets.rotateToken()
    const before = await secrets.readValues()
    await secrets.move(gatewayTokenName)
    expect(await secrets.readValues()).toEqual(before)
    expect(await readFile(home.envFilePath, 'utf8')).toBe('')
  })

  it('get a token at the first run, which a lost index finds again', async () => {
    const secrets = await home.open(session.env)
    expect(await secrets.ensureToken()).toBe('keychain')
    expect(await secrets.ensureToken()).toBeNull()
    const read = await secrets.readValues()
    expect(read.ok && read.values[gatewayTokenName]).toMatch(/^[\w-]{43}$/)
    await home.close()
    await writeFile(home.indexPath, '{ cut short')
    const later = await home.open(session.env)
    expect(await later.ensureToken()).toBe('keychain')
    expect(await later.readValues()).toEqual(read)
    expect(readdirSync(join(home.folder, 'host')).some((name) => name.includes('unreadable'))).toBe(true)
  })

  it('know when the running gateway has another value, and when it has the same again', async () => {
    const secrets = await home.open(session.env)
    await secrets.set('OPENAI_API_KEY', 'the first value')
    const read = await secrets.readValues()
    secrets.startedWith(read.ok ? read.values : {})
    expect(secrets.view.restartNeeded).toBe(false)
    expect((await secrets.set('OPENAI_API_KEY', 'another value')).restartNeeded).toBe(true)
    expect((await secrets.set('OPENAI_API_KEY', 'the first value')).restartNeeded).toBe(false)
  })

  it('say which is missing', async () => {
    await writeFile(
      home.configPath,
      '{ gateway: { auth: { token: "${CLAWDBOT_GATEWAY_TOKEN}" } }, a: "${GONE_KEY}" }',
    )
    const secrets = await home.open(session.env)
    await secrets.ensureToken()
    const check = await secrets.check()
    expect(check.findings).toEqual([
      { name: gatewayTokenName, ok: true, source: 'keychain', problem: null },
      {
        name: 'GONE_KEY',
        ok: false,
        source: 'nowhere',
        problem: { code: 'SECRET_MISSING', params: { name: 'GONE_KEY', usedBy: 'a' } },
      },
    ])
  })

  it('go along into a sealed file and back, with what is kept beside them', async () => {
    const secrets = await home.open(session.env)
    await secrets.set('OPENAI_API_KEY', `${value}\nof two lines`)
    await secrets.writePrivate('backup-identity', 'AGE-SECRET-KEY-1CANARY')
    await secrets.useStore('sealedFile', 'a passphrase of four words')
    expect(secrets.view.store).toMatchObject({ kind: 'sealedFile', state: 'ready' })
    expect(filesWith(home.folder, 'canary')).toEqual([])
    expect(await secrets.readPrivate('backup-identity')).toMatchObject({ keptIn: 'sealedFile' })
    const keychainAgain = await secrets.useStore('keychain')
    expect(keychainAgain.store.kind).toBe('keychain')
    expect(await secrets.readValues()).toEqual({
      ok: true,
      values: { OPENAI_API_KEY: `${value}\nof two lines` },
    })
    expect(await secrets.readPrivate('backup-identity')).toEqual({
      ok: true,
      value: 'AGE-SECRET-KEY-1CANARY',
      keptIn: 'keychain',
    })
    expect(readdirSync(join(home.folder, 'host'))).toEqual(['secrets.json'])
  })

  it('are in one of the places at least, whenever a move or a change of the store is killed', async () => {
    const everyStep = Number(process.env.MOLTBOT_TEST_TRIALS ?? 0) > 0
    const others = ['toKeychain', 'toEnvFile', 'toSealed']
    for (const change of everyStep ? ['move', ...others] : ['move']) {
      let step = everyStep ? 1 : 2
      while (await survives(change, step)) step += everyStep ? 1 : 2
      expect(step).toBeGreaterThan(3)
    }
    if (!everyStep) for (const change of others) expect(await survives(change, 4)).toBe(true)
  }, 240_000)

  /** Kills the change at this step. False where it came to its end before. */
  async function survives(change: string, step: number): Promise<boolean> {
    const trial = await SecretsHome.make()
    await writeFile(trial.envFilePath, `OPENAI_API_KEY='${value}'\n`)
    const args = [join(import.meta.dirname, 'change-and-die.ts'), trial.folder, change, String(step)]
    const child = spawn(process.execPath, args, { env: session.env, stdio: 'inherit' })
    const [code, signal] = await once(child, 'close')
    const secrets = await trial.open(session.env)
    if (secrets.view.store.kind === 'sealedFile') await secrets.unlock('a passphrase of four words')
    const read = await secrets.readValues()
    const kept = read.ok ? read.values.OPENAI_API_KEY : undefined
    const line = (await trial.envFile()).OPENAI_API_KEY
    expect([kept, line], `${change}, step ${step}`).toContain(value)
    expect([value, undefined]).toContain(kept)
    await trial.remove()
    if (signal === null) expect({ change, code }).toEqual({ change, code: 0 })
    return signal === 'SIGKILL'
  }
})

describeWith(['procfs', 'gnome-keyring'], 'secrets and a keychain that cannot be used', () => {
  let own: KeyringSession
  afterEach(() => own.stop())

  it('say that it is locked, keep the names, and lose nothing', async () => {
    own = await KeyringSession.start('unlocked')
    const secrets = await home.open(own.env)
    await secrets.set('OPENAI_API_KEY', value)
    await own.lock()
    expect(await secrets.readValues()).toMatchObject({ ok: false, code: 'KEYCHAIN_LOCKED' })
    expect(secrets.view.store).toMatchObject({ state: 'locked', problem: { code: 'KEYCHAIN_LOCKED' } })
    expect(await secrets.isReady()).toBe(false)
    expect((await problemOf(secrets.set('OPENAI_API_KEY', 'another value'))).code).toBe('KEYCHAIN_LOCKED')
    expect((await problemOf(secrets.delete('OPENAI_API_KEY'))).code).toBe('KEYCHAIN_LOCKED')
    expect((await secrets.check()).findings.find(({ name }) => name === 'OPENAI_API_KEY')).toMatchObject({
      ok: false,
      problem: { code: 'KEYCHAIN_LOCKED' },
    })
    await own.unlock()
    expect(await secrets.isReady()).toBe(true)
    expect(await secrets.readValues()).toEqual({ ok: true, values: { OPENAI_API_KEY: value } })
  })

  it.each(['absent', 'none', 'locked'] as const)(
    'put the first token into .env where it is %s',
    async (mode) => {
      own = await KeyringSession.start(mode)
      const secrets = await home.open(own.env)
      expect(await secrets.ensureToken()).toBe('envFile')
      expect((await home.envFile())[gatewayTokenName]).toMatch(/^[\w-]{43}$/)
      expect(statSync(home.envFilePath).mode & 0o777).toBe(0o600)
      expect(secrets.view.secrets).toMatchObject([{ name: gatewayTokenName, source: 'envFile' }])
    },
  )

  it('answer at once that it waits where it is silent, and notice when it is back', async () => {
    own = await KeyringSession.start('unlocked')
    const secrets = await home.open(own.env)
    await secrets.set('OPENAI_API_KEY', value)
    own.pause()
    const start = performance.now()
    const read = secrets.readValues()
    const view = await secrets.look()
    expect(performance.now() - start).toBeLessThan(2_500)
    expect(view.store).toMatchObject({
      state: 'waiting',
      problem: { code: 'KEYCHAIN_WAITING', params: { seconds: 2 } },
    })
    own.resume()
    expect(await read).toEqual({ ok: true, values: { OPENAI_API_KEY: value } })
    await until(() => secrets.view.store.state === 'ready', 'the keychain to be ready again')
  })

  it('stay where they are when another store is chosen while it is gone', async () => {
    own = await KeyringSession.start('unlocked')
    const secrets = await home.open(own.env)
    await secrets.set('OPENAI_API_KEY', value)
    await home.close()
    const without = await home.open()
    expect(without.view.store.kind).toBe('keychain')
    expect(await without.readValues()).toMatchObject({ ok: false, code: 'KEYCHAIN_ABSENT' })
    await without.useStore('envFile')
    expect(await without.readValues()).toEqual({ ok: true, values: {} })
    await home.close()
    const again = await home.open(own.env)
    await again.useStore('keychain')
    expect(await again.readValues()).toEqual({ ok: true, values: { OPENAI_API_KEY: value } })
  })
})
