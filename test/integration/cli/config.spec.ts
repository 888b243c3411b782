// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { commandLine, freePort, homes, programs, token } from '../gateway/gateway-process.ts'
import { openSocket } from '../gateway/gateway-socket.ts'

const home = homes()
const start = programs()

async function run(args: readonly string[], env: NodeJS.ProcessEnv, input = '') {
  const child = spawn(process.execPath, [commandLine, 'config', ...args], { env })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdin.on('error', () => {}) // it may end before it has read all
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  expect(stdout + stderr).not.toContain(token)
  expect(stderr).not.toContain('    at ') // no stack trace
  return { code, stdout, stderr }
}

const text = `// The manual's own.
{
  gateway: {
    mode: 'local',
    auth: { token: "\${CLAWDBOT_GATEWAY_TOKEN}" },
    bind: "loopback",  // 仅本地访问
  },
  $include: './more.json5',
}
`
const more =
  "{ logging: { level: 'info' }, // why\n channels: { telegram: { botToken: 'literal-c4nary-secret' } } }\n"

describe('moltbot config, with nothing running', () => {
  it('gets, sets and unsets in the file that says it, and changes no other byte', async () => {
    const { env, stateDir, configPath } = home(text)
    const morePath = join(stateDir, 'more.json5')
    writeFileSync(morePath, more)
    const [port, level, mode, tokenShown, all] = await Promise.all([
      run(['get', 'gateway.port'], env),
      run(['get', 'logging.level'], env),
      run(['get', 'gateway', '--json', '--raw'], env),
      run(['get', 'gateway.auth.token'], env),
      run(['get'], env),
    ])
    expect(port).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('gateway.port is not set'),
    })
    expect(level).toEqual({ code: 0, stdout: 'info\n', stderr: '' })
    expect(JSON.parse(mode.stdout)).toMatchObject({ auth: { token: '${CLAWDBOT_GATEWAY_TOKEN}' } })
    expect(tokenShown).toEqual({ code: 0, stdout: '********\n', stderr: '' })
    expect(all.stdout).not.toContain('c4nary')

    const set = await run(['set', 'gateway.port', '19001'], env)
    expect(set).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('restarts by itself') })
    expect(readFileSync(configPath, 'utf8')).toBe(
      text.replace('{\n    mode', '{\n    port: 19001,\n    mode'),
    )
    expect(set.stdout).toContain(`${configPath}.bak.1`)
    const hot = await run(['set', 'logging.level', 'debug'], env)
    expect(hot).toMatchObject({ code: 0, stdout: expect.stringContaining('takes it up at once') })
    expect(readFileSync(morePath, 'utf8')).toBe(more.replace("'info'", '"debug"'))
    expect(await run(['unset', 'gateway.port'], env)).toMatchObject({ code: 0 })
    expect(readFileSync(configPath, 'utf8')).toBe(text)
    expect(readdirSync(stateDir).sort()).toEqual([
      'moltbot.json',
      'moltbot.json.bak.1',
      'moltbot.json.bak.2',
      'more.json5',
      'more.json5.bak.1',
    ])
    const object = await run(['set', 'messages.queue', '{ mode: "collect", debounceMs: 1000, cap: 20 }'], env)
    expect(object.code).toBe(0)
    expect(await run(['get', 'messages.queue.cap'], env)).toMatchObject({ stdout: '20\n' })
    // A telephone number is a text, though it looks like another number.
    expect(await run(['set', 'channels.whatsapp.allowFrom[]', '+4915112345678'], env)).toMatchObject({
      code: 0,
    })
    expect(readFileSync(configPath, 'utf8') + readFileSync(morePath, 'utf8')).toContain('"+4915112345678"')
  })

  it('refuses with the reason and the way out, and leaves every byte', async () => {
    const { env, stateDir, configPath } = home(text)
    writeFileSync(join(stateDir, 'more.json5'), more)
    const cases: [args: string[], code: number, ...words: string[]][] = [
      [['get', 'gateway.prot'], 1, 'gateway.port'],
      [['get', 'a..b'], 2, 'character 2'],
      [['set', 'gateway.bnd', 'lan'], 1, 'gateway.bind'],
      [['set', 'logging.level', 'loud'], 1, 'logging.level', 'debug'],
      [['set', 'gateway.port', '{}', '--json', '--string'], 2, '--json'],
      [['set', 'gateway.port', 'soon', '--json'], 2, 'JSON5'],
      [['set', 'gateway.auth.token', 'another-c4nary'], 1, 'moltbot secrets set CLAWDBOT_GATEWAY_TOKEN'],
      [['set', 'gateway.auth.token', 'another-c4nary', '--literal'], 2, 'every program of this machine'],
      [
        ['set', 'channels.discord.token', 'another-c4nary'],
        1,
        'moltbot secrets set DISCORD_TOKEN',
        "'${DISCORD_TOKEN}'",
      ],
      [['unset', 'gateway.prot'], 1, 'gateway.port'],
      [['unset'], 2],
    ]
    const found = await Promise.all(cases.map(([args]) => run(args, env)))
    for (const [at, [args, code, ...words]] of cases.entries()) {
      expect(found[at], args.join(' ')).toMatchObject({ code, stdout: '' })
      for (const word of words) expect(found[at]?.stderr, args.join(' ')).toContain(word)
      expect(found[at]?.stderr, args.join(' ')).not.toContain('another-c4nary')
    }
    expect(readFileSync(configPath, 'utf8')).toBe(text)
    expect(readdirSync(stateDir).sort()).toEqual(['moltbot.json', 'more.json5'])
    // From standard input, and meant.
    const meant = await run(['set', 'gateway.auth.token', '-', '--literal'], env, 'x'.repeat(32))
    expect(meant.code).toBe(0)
    expect(readFileSync(configPath, 'utf8')).toBe(text.replace('${CLAWDBOT_GATEWAY_TOKEN}', 'x'.repeat(32)))
  })

  it('validates with line and column, and mends a broken file step by step', async () => {
    const { env, stateDir, configPath } = home(
      '{\n  gateway: { bnd: 1 },\n  logging: { level: "loud" },\n}\n',
    )
    const other = join(stateDir, 'other.json5')
    writeFileSync(other, '{ gateway: ')
    const [bad, asJson, syntax, absent, inForce, raw] = await Promise.all([
      run(['validate'], env),
      run(['validate', '--json'], env),
      run(['validate', other], env),
      run(['validate', join(stateDir, 'absent.json5')], env),
      run(['get', 'logging.level'], env),
      run(['get', 'logging.level', '--raw'], env),
    ])
    expect(bad).toMatchObject({ code: 78, stdout: '' })
    expect(bad.stderr).toContain(`${configPath}:2:14: gateway.bnd is not a known key (gateway.bind?)`)
    expect(bad.stderr).toContain(`${configPath}:3:14: logging.level must be one of`)
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      ok: false,
      path: configPath,
      issues: expect.arrayContaining([
        expect.objectContaining({ key: 'gateway.bnd', line: 2, column: 14, suggestion: 'gateway.bind' }),
      ]),
    })
    expect(syntax).toMatchObject({ code: 78, stderr: expect.stringContaining(`${other}:1:12`) })
    expect(absent.code).toBe(78)
    expect(inForce.code).toBe(78)
    expect(raw).toEqual({ code: 0, stdout: 'loud\n', stderr: '' })
    expect(await run(['unset', 'gateway.bnd'], env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('still'),
    })
    expect(await run(['set', 'logging.level', 'warn'], env)).toMatchObject({ code: 0 })
    expect(await run(['validate'], env)).toEqual({ code: 0, stdout: `${configPath} is valid.\n`, stderr: '' })
  })

  it('says where everything is, what decided it, and what may stand where', async () => {
    const { env, base, stateDir, configPath } = home(text)
    writeFileSync(join(stateDir, 'more.json5'), '{}')
    writeFileSync(join(stateDir, 'clawdbot.json'), '{}')
    const elsewhere = join(base, 'elsewhere.json5')
    const [path, all, moved, schema, schemaJson, unknown] = await Promise.all([
      run(['path'], env),
      run(['path', '--all', '--json'], env),
      run(['path', '--all'], { ...env, CLAWDBOT_CONFIG_PATH: elsewhere }),
      run(['schema', 'messages.queue'], env),
      run(['schema', 'gateway.port', '--json'], env),
      run(['schema', 'gateway.prot'], env),
    ])
    expect(path).toEqual({ code: 0, stdout: `${configPath}\n`, stderr: '' })
    expect(JSON.parse(all.stdout)).toEqual({
      config: configPath,
      exists: true,
      configFrom: 'the state folder',
      stateDir,
      stateDirFrom: 'MOLTBOT_STATE_DIR',
      envFile: join(stateDir, '.env'),
      envFileExists: false,
      includes: [join(stateDir, 'more.json5')],
      shadowed: [join(stateDir, 'clawdbot.json')],
    })
    expect(moved.stdout).toContain(`${elsewhere} (by CLAWDBOT_CONFIG_PATH, not there yet)`)
    expect(schema.stdout).toMatch(/mode .*"collect"[\s\S]*debounceMs[\s\S]*cap /)
    expect(JSON.parse(schemaJson.stdout)).toMatchObject({ type: 'integer', minimum: 1, maximum: 65_535 })
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('gateway.port') })
    expect(existsSync(elsewhere)).toBe(false)
  })
})

describe('a change while the gateway runs', () => {
  it('is taken up at once, by a restart where it must, and over the protocol as well', async () => {
    const [port, next] = [await freePort(), await freePort()]
    const { env, stateDir, configPath, readLog } = home(
      `{\n  // Mine.\n  gateway: { port: ${port}, auth: { token: "\${CLAWDBOT_GATEWAY_TOKEN}" } },\n` +
        "  logging: { level: 'info', consoleStyle: 'json' },\n}\n",
    )
    const gateway = start(['gateway'], env)
    await gateway.untilOutput('Gateway ready')
    const client = await openSocket(port)
    await client.nonce()
    const connect = {
      minProtocol: 3,
      maxProtocol: 3,
      client: { id: 'cli', version: '1', platform: 'linux', mode: 'cli' },
      auth: { token },
    }
    expect(await client.request('connect', connect)).toMatchObject({ ok: true })
    await until(() => readLog() !== '', 'a log')

    expect((await run(['set', 'logging.level', 'debug'], env)).code).toBe(0)
    await until(() => readLog().includes('logging.level'), 'the change in the log')
    const shown = await client.request('config.get', {})
    expect(shown.payload).toMatchObject({ valid: true, config: { logging: { level: 'debug' } } })
    expect(JSON.stringify(shown)).not.toContain(token)

    const patch = { raw: '{ messages: { queue: { cap: 7 } } }', baseHash: shown.payload?.hash }
    expect(await client.request('config.patch', patch)).toMatchObject({
      ok: true,
      payload: { restart: null },
    })
    expect(readFileSync(configPath, 'utf8')).toContain('// Mine.')
    expect(await client.request('config.patch', patch, 'again')).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST', details: { reason: 'config_changed' } },
    })
    const now = await client.request('config.get', {}, 'now')
    const open = { raw: '{ gateway: { bind: "lan" } }', baseHash: now.payload?.hash }
    expect(await client.request('config.patch', open, 'open')).toMatchObject({
      error: { details: { reason: 'config_refused', path: 'gateway.bind' } },
    })
    const move = {
      raw: `{ gateway: { port: ${next} } }`,
      baseHash: now.payload?.hash,
      restartDelayMs: 0,
      note: 'moved',
    }
    expect(await client.request('config.patch', move, 'move')).toMatchObject({
      ok: true,
      payload: { restart: { ok: true, reason: 'config.patch' } },
    })
    expect(await client.closed).toMatchObject({ code: 1012 })
    await until(
      () =>
        fetch(`http://127.0.0.1:${next}/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      'the new port',
    )
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
    expect(gateway.child.exitCode).toBe(null)
    // The word that was left for this start: told once, and nobody finds it later.
    await until(() => readLog().includes('The restart was asked for'), 'the note in the log')
    expect(readLog().match(/The restart was asked for.*config\.patch.*moved/g)).toHaveLength(1)
    expect(readdirSync(stateDir)).not.toContain('restart-sentinel.json')
    // Once: who asked for it, and who saw the file change, meant the same.
    expect(readLog().match(/The gateway restarts/g)).toHaveLength(1)
    expect((await run(['get', 'gateway.port'], env)).stdout).toBe(`${next}\n`)
  })
})
