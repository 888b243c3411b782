// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { existsSync, statSync } from 'node:fs'
import { readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gatewayTokenName, secretMaxBytes } from '../../../../shared/secrets.ts'
import { problemOf, SecretsHome } from '../../../integration/host/secrets/secrets-home.ts'

const value = 'sk-canary-of-the-files-0815'
let home: SecretsHome

beforeEach(async () => {
  home = await SecretsHome.make()
})
afterEach(() => home.remove())

describe('secrets in .env', () => {
  it('are set for this user alone, and the other lines keep their bytes', async () => {
    await writeFile(home.envFilePath, '# mine\nMODE=quiet', { mode: 0o644 })
    const secrets = await home.open()
    await secrets.set('OPENAI_API_KEY', value)
    expect(await readFile(home.envFilePath, 'utf8')).toBe(`# mine\nMODE=quiet\nOPENAI_API_KEY=${value}\n`)
    expect(statSync(home.envFilePath).mode & 0o777).toBe(0o600)
    // Whoever starts the gateway leaves reading the file to it.
    expect(await secrets.readValues()).toEqual({ ok: true, values: {} })
    expect(secrets.storedNames).toEqual([])
  })

  it('are written through a link', async () => {
    const real = join(home.folder, 'real.env')
    await writeFile(real, 'MODE=quiet\n')
    await symlink(real, home.envFilePath)
    await (await home.open()).set('OPENAI_API_KEY', value)
    expect(await readFile(real, 'utf8')).toBe(`MODE=quiet\nOPENAI_API_KEY=${value}\n`)
  })

  it('stay as they were where the file cannot be written or is no text', async () => {
    const secrets = await home.open()
    await writeFile(home.envFilePath, Buffer.from([0xff, 0xfe, 0x41, 0]))
    expect((await problemOf(secrets.set('OPENAI_API_KEY', value))).code).toBe('CONFIG_REFUSED')
    await rm(home.envFilePath)
    await symlink(join(home.folder, 'missing', 'folder', '.env'), home.envFilePath)
    expect((await problemOf(secrets.set('OPENAI_API_KEY', value))).code).toBe('CONFIG_UNREADABLE')
  })

  it('cannot be moved there from there', async () => {
    await writeFile(home.envFilePath, `OPENAI_API_KEY=${value}\n`)
    const secrets = await home.open()
    expect((await problemOf(secrets.move('OPENAI_API_KEY'))).code).toBe('SECRET_STAYS_IN_ENV_FILE')
    expect(await readFile(home.envFilePath, 'utf8')).toContain(value)
  })

  it('show in no view, note or index', async () => {
    const secrets = await home.open()
    await secrets.set('OPENAI_API_KEY', value)
    await secrets.rotateToken()
    const token = (await home.envFile())[gatewayTokenName] ?? ''
    expect(token).toMatch(/^[\w-]{43}$/)
    const told = JSON.stringify([home.views, home.notes, secrets.view, await secrets.check()])
    const index = await readFile(home.indexPath, 'utf8')
    for (const hidden of [value, token]) {
      expect(told).not.toContain(hidden)
      expect(index).not.toContain(hidden)
      expect(secrets.knownValues).toContain(hidden)
    }
    const revisions = home.views.map(({ revision }) => revision)
    expect(revisions).toEqual([...new Set(revisions)].sort((one, other) => one - other))
  })

  it('keep the backup key in a file of its own, which is an age identity file', async () => {
    const secrets = await home.open()
    await secrets.writePrivate('backup-passphrase', 'of "two"\nlines')
    await secrets.writePrivate('backup-identity', 'AGE-SECRET-KEY-1TEST')
    expect(await secrets.readPrivate('backup-passphrase')).toEqual({
      ok: true,
      value: 'of "two"\nlines',
      keptIn: 'keyFile',
    })
    const lines = (await readFile(home.keyFilePath, 'utf8')).split('\n')
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual(['AGE-SECRET-KEY-1TEST'])
    expect(statSync(home.keyFilePath).mode & 0o777).toBe(0o600)
    await secrets.writePrivate('backup-identity', null)
    await secrets.writePrivate('backup-passphrase', null)
    expect(existsSync(home.keyFilePath)).toBe(false)
    expect((await secrets.check()).findings.map(({ name }) => name)).toEqual([gatewayTokenName])
  })
})

describe('what is no secret', () => {
  it.each(['', 'lower_case', '1ST', 'WITH-DASH', 'A'.repeat(65), '__proto__', value, 'Ä', 'A B', 'A\n'])(
    'is not kept under the name %j, which is not repeated',
    async (name) => {
      const found = await problemOf((await home.open()).set(name, value))
      expect(found).toEqual({ code: 'SECRET_NAME_INVALID', params: {} })
    },
  )

  it.each([
    ['nothing', '   \n', 'SECRET_TOO_SHORT'],
    ['seven bytes', '1234567', 'SECRET_TOO_SHORT'],
    ['a byte too many', 'x'.repeat(secretMaxBytes + 1), 'SECRET_TOO_LONG'],
    ['100 kB', 'x'.repeat(100_000), 'SECRET_TOO_LONG'],
    ['NUL', `${value}\0`, 'SECRET_VALUE_INVALID'],
    ['a carriage return', `${value}\r${value}`, 'SECRET_VALUE_INVALID'],
    ['half an emoji', `${value}\ud83d`, 'SECRET_VALUE_INVALID'],
  ])('is refused where it has %s, without a word of it', async (_, bad, code) => {
    const found = await problemOf((await home.open()).set('OPENAI_API_KEY', bad))
    expect(found.code).toBe(code)
    expect(JSON.stringify(found)).not.toContain('canary')
    expect(existsSync(home.envFilePath)).toBe(false)
  })

  it.each(['undefined', 'short-token-1234', 'a token with spaces in it, 24 long'])(
    'is refused as the gateway’s token: %s',
    async (token) => {
      const found = await problemOf((await home.open()).set(gatewayTokenName, token))
      expect(found.code).toMatch(/^SECRET_(TOO_SHORT|VALUE_INVALID)$/)
    },
  )

  it('masks no ordinary word, and no line of .env that is not a secret', async () => {
    await writeFile(
      home.envFilePath,
      'HOST_NAME=localhost.of.mine\nMY_PASSWORD=password\nMY_TOKEN=0123456789abcdef\n',
    )
    const secrets = await home.open()
    expect(secrets.knownValues).toEqual(['0123456789abcdef'])
  })
})

describe('where a value comes from', () => {
  it('is the environment, the store, .env, the configuration, or nowhere, in this order', async () => {
    await writeFile(
      home.configPath,
      '{ env: { E_KEY: "of the configuration" }, x: "${A_KEY} ${HOME} ${E_KEY}", y: ["${F_KEY}"] }',
    )
    await writeFile(home.envFilePath, `A_KEY=of-the-file\nC_KEY=of-the-file\nMODE=quiet\n`)
    const secrets = await home.open({
      MOLTBOT_KEYCHAIN: 'none',
      A_KEY: 'of the environment',
      HOME: '/home/me',
      [gatewayTokenName]: 'of-the-environment-0123456789',
    })
    const rows = secrets.view.secrets.map(({ name, source, inEnvFile, usedBy }) => [
      name,
      source,
      inEnvFile,
      usedBy,
    ])
    expect(rows).toEqual([
      ['A_KEY', 'environment', true, ['x']],
      [gatewayTokenName, 'environment', false, ['gateway']],
      ['C_KEY', 'envFile', true, []],
      ['E_KEY', 'config', false, ['x']],
      ['F_KEY', 'nowhere', false, ['y[0]']],
    ])
    expect((await problemOf(secrets.rotateToken())).code).toBe('SECRET_FROM_ENVIRONMENT')
    expect(await secrets.ensureToken()).toBeNull()
  })

  it('is the configuration for a token that is written there, which is not rotated', async () => {
    await writeFile(home.configPath, '{ gateway: { auth: { token: "0123456789abcdef01234567" } } }')
    const secrets = await home.open()
    expect(secrets.view.secrets).toMatchObject([{ name: gatewayTokenName, source: 'config' }])
    expect((await problemOf(secrets.rotateToken())).code).toBe('SECRET_FROM_CONFIG')
    expect(existsSync(home.envFilePath)).toBe(false)
  })

  it('is told also where the configuration cannot be read', async () => {
    await writeFile(home.configPath, '{ broken')
    await writeFile(home.envFilePath, `A_KEY=of-the-file\n`)
    const secrets = await home.open()
    expect(secrets.view.secrets.map(({ name }) => name)).toEqual(['A_KEY', gatewayTokenName])
  })
})
