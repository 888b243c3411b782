// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asOrdinaryUser } from './ordinary-user.ts'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()

describe('a configuration that loads', () => {
  it('is the defaults where there is no file', async () => {
    expect(await folder().load()).toMatchObject({
      ok: true,
      config: {},
      token: null,
      sources: [],
      warnings: [],
    })
  })

  it('passes other sections through and keeps gateway and logging', async () => {
    const { load } = folder({
      'moltbot.json': `{ // comment
        gateway: { mode: 'local', port: 0x4965, bind: "loopback", },
        logging: { level: 'warn', consoleStyle: 'json' },
        channels: { whatsapp: { allowFrom: ['+123'] }, other: { anything: { goes: true } } },
      }`,
    })
    expect(await load()).toMatchObject({
      ok: true,
      config: {
        gateway: { mode: 'local', port: 18_789, bind: 'loopback' },
        logging: { level: 'warn', consoleStyle: 'json' },
        channels: { whatsapp: { allowFrom: ['+123'] }, other: { anything: { goes: true } } },
      },
    })
  })

  it.each([
    [
      'logging',
      '{ logging: { level: "info", // debug, info, warn, error\n file: "/var/log/moltbot/moltbot.log", consoleLevel: "warn", consoleStyle: "compact", redactSensitive: "tools" } }',
    ],
    ['token', '{ gateway: { auth: { token: "${CLAWDBOT_GATEWAY_TOKEN}" } } }'],
    ['network', '{ gateway: { bind: "loopback",  // 仅本地访问\n port: 18789 } }'],
    ['queue', '{ messages: { queue: { mode: "collect", debounceMs: 1000, cap: 20 } } }'],
    ['sandbox', '{ agents: { defaults: { sandbox: { docker: { cpuLimit: "2", memoryLimit: "2g" } } } } }'],
    ['quiet log', '{ logging: { level: "warn", /* 生产环境 */ consoleLevel: "error" } }'],
  ])('has the manual’s snippet: %s', async (_, text) => {
    const loaded = await folder({ 'moltbot.json': text }).load({ CLAWDBOT_GATEWAY_TOKEN: 'a-token' })
    expect(loaded).toMatchObject({ ok: true, warnings: [] })
  })

  it('warns of what a newer Moltbot wrote and nobody here knows, with its place, and leaves it out', async () => {
    const { load, paths } = folder({
      'moltbot.json':
        '{\n  gateway: {\n    port: 19001,\n    tokn: "x"\n  },\n  meta: { lastTouchedVersion: "2026.2.3" } }',
    })
    const loaded = await load()
    expect(loaded).toMatchObject({
      ok: true,
      config: { gateway: { port: 19_001 } },
      warnings: [{ path: paths.configPath, key: 'gateway.tokn', line: 4, column: 5 }],
    })
    expect(loaded.ok && loaded.config.gateway).not.toHaveProperty('tokn')
  })

  it('takes a UTF-8 byte order mark, CRLF and an empty file', async () => {
    expect(
      await folder({ 'moltbot.json': '\ufeff{\r\n gateway: { port: 19001 } }\r\n' }).load(),
    ).toMatchObject({
      ok: true,
      config: { gateway: { port: 19_001 } },
    })
    expect(await folder({ 'moltbot.json': '' }).load()).toMatchObject({ ok: true })
  })

  it('reads through a link', async () => {
    const { load, paths } = folder({ 'real.json': '{ gateway: { port: 19001 } }' })
    symlinkSync('real.json', paths.configPath)
    expect(await load()).toMatchObject({ ok: true, config: { gateway: { port: 19_001 } } })
  })

  it('is not changed by __proto__ and constructor keys', async () => {
    const { load } = folder({
      'moltbot.json':
        '{ "__proto__": { polluted: 1 }, gateway: { "__proto__": { port: 1 } }, ui: { constructor: { prototype: { polluted: 1 } } } }',
    })
    const loaded = await load()
    expect(loaded).toMatchObject({ ok: true })
    expect(loaded.ok && loaded.config.gateway?.port).toBeUndefined()
    expect({}).not.toHaveProperty('polluted')
    const inherited = await folder({ 'moltbot.json': '{ "__proto__": { gateway: { port: 1 } } }' }).load()
    expect(inherited.ok && inherited.config.gateway?.port).toBeUndefined()
  })
})

describe('a configuration that does not fit', () => {
  it.each([
    ['nan-port', '{ gateway: { port: NaN } }', 'gateway.port'],
    ['infinite port', '{ gateway: { port: Infinity } }', 'gateway.port'],
    ['port-0', '{ gateway: { port: 0 } }', 'gateway.port'],
    ['port-65536', '{ gateway: { port: 65536 } }', 'gateway.port'],
    ['port as text', '{ gateway: { port: "18789" } }', 'gateway.port'],
    ['bind-any', '{ gateway: { bind: "0.0.0.0" } }', 'gateway.bind'],
    ['list for object', '{ gateway: [] }', 'gateway'],
    ['number for token', '{ gateway: { auth: { token: 12345 } } }', 'gateway.auth.token'],
    ['top level', '[1, 2]', '(whole file)'],
    ['level', '{ logging: { level: "loud" } }', 'logging.level'],
    ['no regular expression', '{ logging: { redactPatterns: ["a+", "("] } }', 'logging.redactPatterns[1]'],
    ['token-undefined', '{ gateway: { auth: { token: "undefined" } } }', 'gateway.auth.token'],
    ['token-null', '{ gateway: { auth: { token: "null" } } }', 'gateway.auth.token'],
    ['token-empty', '{ gateway: { auth: { token: "" } } }', 'gateway.auth.token'],
    ['env-reference-missing', '{ channels: { x: ["a", "${NOT_THERE}"] } }', 'channels.x[1]'],
  ])('%s', async (_, text, key) => {
    expect(await folder({ 'moltbot.json': text }).load()).toMatchObject({
      ok: false,
      code: 'CONFIG_INVALID',
      params: { key },
    })
  })

  it('names line and column, and every other issue of the same look', async () => {
    const { load, paths } = folder({
      'moltbot.json': '{\n  // first\n  "gateway": {\n    "port": 0,\n    bind: "moon",\n  },\n}\n',
    })
    expect(await load()).toMatchObject({
      ok: false,
      params: {
        path: paths.configPath,
        key: 'gateway.port',
        line: 4,
        column: 5,
        detail: 'must be from 1 to 65535',
      },
      others: [{ code: 'CONFIG_INVALID', params: { key: 'gateway.bind', line: 5, column: 5 } }],
    })
  })

  it('points at the last of two equal keys, which is the one that counts', async () => {
    const loaded = await folder({ 'moltbot.json': '{ gateway: { port: 1 },\n gateway: { port: 0 } }' }).load()
    expect(loaded).toMatchObject({ ok: false, params: { line: 2 } })
  })

  it('never repeats the value', async () => {
    const loaded = await folder({
      'moltbot.json': '{ gateway: { auth: { token: ["s3cret-value"] }, bind: "s3cret-value" } }',
    }).load()
    expect(loaded.ok).toBe(false)
    expect(JSON.stringify(loaded)).not.toContain('s3cret')
  })
})

describe('a file that is not a configuration', () => {
  it.each([
    ['truncated-half', '{ gateway: { port: 18', 1, 22],
    ['lines', '{\n  gateway: {\n    port 1\n  }\n}', 3, 10],
    ['missing comma', '{ a: 1 b: 2 }', 1, 8],
    ['text', 'hello', 1, 1],
  ])('%s: syntax with line and column', async (_, text, line, column) => {
    expect(await folder({ 'moltbot.json': text }).load()).toMatchObject({
      ok: false,
      code: 'CONFIG_SYNTAX',
      params: { line, column },
    })
  })

  it.each([
    ['nul-bytes', Buffer.from('{ a: "\0" }'), 'CONFIG_REFUSED'],
    ['utf16-bom', Buffer.from('\ufeff{ }', 'utf16le'), 'CONFIG_REFUSED'],
    ['invalid utf-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'CONFIG_REFUSED'],
    ['nest-200k', '['.repeat(200_000) + ']'.repeat(200_000), 'CONFIG_REFUSED'],
    ['unclosed nest-200k', '{a:'.repeat(200_000), 'CONFIG_REFUSED'],
    ['string-5mb', `{ a: "${'x'.repeat(5_000_000)}" }`, 'CONFIG_TOO_LARGE'],
  ])('%s', async (_, content, code) => {
    const startedAt = performance.now()
    expect(await folder({ 'moltbot.json': content }).load()).toMatchObject({ ok: false, code })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('a folder, a FIFO, a dangling link and a device, without waiting', async () => {
    const { load, paths } = folder()
    mkdirSync(paths.configPath)
    expect(await load()).toMatchObject({ ok: false, code: 'CONFIG_NOT_A_FILE' })
    rmSync(paths.configPath, { recursive: true })

    execFileSync('mkfifo', [paths.configPath])
    expect(await load()).toMatchObject({ ok: false, code: 'CONFIG_NOT_A_FILE' })
    rmSync(paths.configPath)

    symlinkSync('/nowhere/at/all', paths.configPath)
    expect(await load()).toMatchObject({ ok: false, code: 'CONFIG_UNREADABLE' })
    rmSync(paths.configPath)

    symlinkSync('/dev/zero', paths.configPath)
    expect(await load()).toMatchObject({ ok: false, code: 'CONFIG_NOT_A_FILE' })
  })

  it('a file without the right to read it', async () => {
    const { load, paths } = folder({ 'moltbot.json': '{}' })
    const loaded = await asOrdinaryUser(paths.configPath, 0o000, load)
    expect(loaded).toMatchObject({ ok: false, code: 'CONFIG_UNREADABLE', params: { detail: 'EACCES' } })
  })

  it('a state folder that is a file', async () => {
    const { paths, load } = folder()
    rmSync(paths.stateDir, { recursive: true })
    writeFileSync(paths.stateDir, 'mine')
    expect(await load()).toMatchObject({ ok: false, code: 'STATE_DIR_NOT_A_FOLDER' })
  })
})

describe('the token', () => {
  const config = (token: string) => ({ 'moltbot.json': `{ gateway: { auth: { token: "${token}" } } }` })

  it('is the configuration’s before the environment’s', async () => {
    const { load } = folder(config('from-config'))
    expect(await load({ CLAWDBOT_GATEWAY_TOKEN: 'from-env' })).toMatchObject({
      token: { value: 'from-config', source: 'config' },
    })
  })

  it('is the environment’s before the .env file’s', async () => {
    const { load } = folder({ '.env': 'CLAWDBOT_GATEWAY_TOKEN=from-file\n' })
    expect(await load({ CLAWDBOT_GATEWAY_TOKEN: 'from-env' })).toMatchObject({
      token: { value: 'from-env', source: 'environment' },
    })
    expect(await load()).toMatchObject({ token: { value: 'from-file', source: 'envFile' } })
  })

  it('may be a reference that the .env file fills', async () => {
    const files = {
      ...config('${CLAWDBOT_GATEWAY_TOKEN}'),
      '.env': 'CLAWDBOT_GATEWAY_TOKEN="from-file" # note\n',
    }
    expect(await folder(files).load({ CLAWDBOT_GATEWAY_TOKEN: '' })).toMatchObject({
      token: { value: 'from-file' },
    })
  })

  it('is refused where a script wrote the word undefined', async () => {
    expect(await folder().load({ CLAWDBOT_GATEWAY_TOKEN: 'undefined' })).toMatchObject({
      ok: false,
      code: 'CONFIG_REFUSED',
    })
    const { load } = folder(config('${CLAWDBOT_GATEWAY_TOKEN}'))
    expect(await load({ CLAWDBOT_GATEWAY_TOKEN: 'null' })).toMatchObject({
      ok: false,
      code: 'CONFIG_INVALID',
    })
  })
})

describe('references', () => {
  it('come from the environment, then .env, then the configuration’s env', async () => {
    const { load } = folder({
      'moltbot.json':
        '{ env: { A: "config", B: "config", vars: { C: "config ${A}" } }, ui: "${A} ${B} ${C}" }',
      '.env': 'A=file\nB=file\n',
    })
    expect(await load({ A: 'process' })).toMatchObject({ config: { ui: 'process file config process' } })
  })

  it('stay as they are when escaped or not of the form', async () => {
    const { load } = folder({ 'moltbot.json': '{ ui: "$${HOME} ${lower} $HOME ${}" }' })
    expect(await load()).toMatchObject({ config: { ui: '${HOME} ${lower} $HOME ${}' } })
  })

  it('are not replaced again in what they brought', async () => {
    const { load } = folder({ 'moltbot.json': '{ ui: "${A}" }' })
    expect(await load({ A: '${B} $& $1' })).toMatchObject({ config: { ui: '${B} $& $1' } })
  })
})
