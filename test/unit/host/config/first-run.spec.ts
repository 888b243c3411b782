// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeWhatIsMissing } from '../../../../host/config/first-run.ts'
import { loadConfig } from '../../../../host/config/load-config.ts'
import { asOrdinaryUser } from './ordinary-user.ts'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()
const modeOf = (path: string) => statSync(path).mode & 0o777

describe('the first run', () => {
  it('writes folder, configuration and token, for this user only, and they load', async () => {
    const { paths, load } = folder()
    rmSync(paths.stateDir, { recursive: true })
    expect(await writeWhatIsMissing(paths, {})).toEqual({
      ok: true,
      written: [paths.stateDir, paths.envFilePath, paths.configPath],
    })
    expect([paths.stateDir, paths.envFilePath, paths.configPath].map(modeOf)).toEqual([0o700, 0o600, 0o600])
    expect(readdirSync(paths.stateDir).sort()).toEqual(['.env', 'moltbot.json'])
    expect(readFileSync(paths.configPath, 'utf8')).toContain('token: "${CLAWDBOT_GATEWAY_TOKEN}"')
    const loaded = await load()
    expect(loaded).toMatchObject({ ok: true, config: { gateway: { mode: 'local' } }, warnings: [] })
    expect(loaded.ok && Buffer.from(loaded.token?.value ?? '', 'base64url').length).toBe(32)
  })

  it('writes nothing the second time', async () => {
    const { paths } = folder()
    await writeWhatIsMissing(paths, {})
    const before = [paths.configPath, paths.envFilePath].map((path) => readFileSync(path))
    expect(await writeWhatIsMissing(paths, {})).toEqual({ ok: true, written: [] })
    expect([paths.configPath, paths.envFilePath].map((path) => readFileSync(path))).toEqual(before)
  })

  it('makes no token where the environment has one', async () => {
    const { paths } = folder()
    expect(await writeWhatIsMissing(paths, { CLAWDBOT_GATEWAY_TOKEN: 'mine' })).toEqual({
      ok: true,
      written: [paths.configPath],
    })
    expect(existsSync(paths.envFilePath)).toBe(false)
  })

  it.each([
    ['refers to it by name', '{ gateway: { auth: { token: "${CLAWDBOT_GATEWAY_TOKEN}" } } }'],
    ['says nothing of it', '{ messages: {} }'],
  ])('adds only the token where an existing configuration %s', async (_, config) => {
    const { paths } = folder({ 'moltbot.json': config, '.env': '# mine\nOTHER=1' })
    expect(await writeWhatIsMissing(paths, {})).toEqual({ ok: true, written: [paths.envFilePath] })
    expect(readFileSync(paths.configPath, 'utf8')).toBe(config)
    expect(readFileSync(paths.envFilePath, 'utf8')).toMatch(
      /^# mine\nOTHER=1\nCLAWDBOT_GATEWAY_TOKEN=[\w-]{43}\n$/,
    )
    expect(await loadConfig(paths, {})).toMatchObject({ ok: true, token: {} })
  })

  it('appends through a link instead of replacing it', async () => {
    const { paths } = folder({ dotenv: 'A=1\n' })
    symlinkSync('dotenv', paths.envFilePath)
    expect(await writeWhatIsMissing(paths, {})).toMatchObject({ ok: true })
    expect(lstatSync(paths.envFilePath).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(paths.stateDir, 'dotenv'), 'utf8')).toMatch(/^A=1\nCLAWDBOT_GATEWAY_TOKEN=/)
  })

  it.each([
    ['broken', '{ gateway: '],
    ['invalid', '{ gateway: { port: 0 } }'],
    [
      'with another variable missing',
      '{ x: "${NOT_THERE}", gateway: { auth: { token: "${CLAWDBOT_GATEWAY_TOKEN}" } } }',
    ],
  ])('writes nothing at all beside a configuration that is %s', async (_, config) => {
    const { paths } = folder({ 'moltbot.json': config })
    expect(await writeWhatIsMissing(paths, {})).toMatchObject({ ok: false })
    expect(readdirSync(paths.stateDir)).toEqual(['moltbot.json'])
    expect(readFileSync(paths.configPath, 'utf8')).toBe(config)
  })

  it('names a state folder that is a file, and leaves it', async () => {
    const { paths } = folder()
    rmSync(paths.stateDir, { recursive: true })
    writeFileSync(paths.stateDir, 'mine')
    expect(await writeWhatIsMissing(paths, {})).toMatchObject({ ok: false, code: 'STATE_DIR_NOT_A_FOLDER' })
    expect(readFileSync(paths.stateDir, 'utf8')).toBe('mine')
  })

  it('names a state folder it may not write to', async () => {
    const { paths } = folder({ 'moltbot.json': '{}' })
    const outcome = await asOrdinaryUser(paths.stateDir, 0o500, () => writeWhatIsMissing(paths, {}))
    expect(outcome).toMatchObject({ ok: false, code: 'STATE_DIR_NOT_WRITABLE' })
    expect(readdirSync(paths.stateDir)).toEqual(['moltbot.json'])
  })

  it.skipIf(process.platform !== 'linux')('names a state folder that cannot be made', async () => {
    const { paths } = folder()
    // Nobody may make a folder in the kernel's own tree, not even root.
    const stateDir = '/sys/moltbot'
    const inside = { ...paths, stateDir, envFilePath: join(stateDir, '.env') }
    expect(await writeWhatIsMissing(inside, {})).toMatchObject({ ok: false, code: 'STATE_DIR_NOT_WRITABLE' })
  })
})
