// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { liveFiles } from './live-files.ts'

const open = liveFiles()
/** Long enough for a change to be read twice, at the pause that `config` asks for. */
const settled = 400
const config = (level: string, more = '') =>
  `{ gateway: { auth: { token: "\${T}" }, reload: { debounceMs: 30 }${more} }, logging: { level: "${level}" } }`
const env = { T: 'c4nary-token' }

describe('a changed configuration', () => {
  it('comes into force without a restart, written into, replaced, and once per change', async () => {
    const files = await open({ 'moltbot.json': config('info') }, env)
    const heard: string[] = []
    files.live.onChange((now, before) => {
      heard.push(`${before.config.logging?.level} ${now.config.logging?.level}`)
    })
    files.write('moltbot.json', config('debug'))
    await files.until(() => expect(files.level).toBe('debug'))
    files.replace('moltbot.json', config('warn'))
    await files.until(() => expect(files.level).toBe('warn'))
    for (const level of ['error', 'fatal', 'silent']) files.write('moltbot.json', config(level))
    await files.until(() => expect(files.level).toBe('silent'))
    await sleep(settled)
    expect(heard).toEqual(['info debug', 'debug warn', 'warn silent'])
    expect(files.hot).toEqual([['logging.level'], ['logging.level'], ['logging.level']])
    expect(files.restarts).toEqual([])
    expect(files.warnings()).toEqual([])
  })

  it('is found in an included file, in a link’s target, and in a file that was away for a moment', async () => {
    const files = await open(
      {
        'moltbot.json': '{ $include: ["parts/log.json", "linked.json"] }',
        'parts/log.json': config('info'),
        'far/web.json': '{ web: { heartbeatSeconds: 1 } }',
        'linked.json': '{}',
      },
      env,
    )
    unlinkSync(files.at('linked.json'))
    symlinkSync('far/web.json', files.at('linked.json'))
    const beat = () => files.live.current().config.web?.heartbeatSeconds
    await files.until(() => expect(beat()).toBe(1))
    files.write('parts/log.json', config('debug'))
    await files.until(() => expect(files.level).toBe('debug'))
    files.replace('far/web.json', '{ web: { heartbeatSeconds: 2 } }')
    await files.until(() => expect(beat()).toBe(2))
    unlinkSync(files.at('parts/log.json'))
    files.write('parts/log.json', config('trace'))
    await files.until(() => expect(files.level).toBe('trace'))
    expect(files.warnings()).toEqual([])
  })

  it('asks for a restart where it needs one, once, and leaves what runs as it is until then', async () => {
    const files = await open({ 'moltbot.json': config('info'), '.env': 'T=c4nary-token\n' })
    const before = files.live.current()
    files.write('moltbot.json', config('warn', ', port: 19001'))
    await files.until(() => expect(files.restarts).toEqual([['gateway.port']]))
    await files.live.reload()
    expect(files.restarts).toHaveLength(1)
    expect(files.live.current()).toBe(before)
    expect(files.hot).toEqual([])
    // Back again before anything happened: nothing is to do.
    files.write('moltbot.json', config('info'))
    await sleep(settled)
    expect(files.restarts).toHaveLength(1)
    files.replace('.env', 'T=c4nary-other\n')
    await files.until(() => expect(files.restarts.at(-1)).toEqual(['gateway.auth.token']))
    expect(JSON.stringify(files.said)).not.toContain('c4nary')
  })

  it('leaves what needs a restart where the mode is hot, and everything where it is off', async () => {
    const mode = (name: string, level: string, port: number) =>
      config(level, `, port: ${port}`).replace('reload: {', `reload: { mode: "${name}",`)
    const files = await open({ 'moltbot.json': mode('hot', 'info', 1) }, env)
    files.write('moltbot.json', mode('hot', 'debug', 2))
    await files.until(() => expect(files.level).toBe('debug'))
    expect(files.live.current().config.gateway?.port).toBe(1)
    expect(files.warnings().join()).toContain('gateway.port')
    files.write('moltbot.json', mode('off', 'warn', 2))
    await files.until(() => expect(files.warnings()).toHaveLength(2))
    expect(files.level).toBe('debug')
    expect(files.restarts).toEqual([])
    expect(files.live.problems()).toEqual([])
  })
})

describe('a change that is not valid', () => {
  it('keeps what runs, says place and key once, and says when all is well again', async () => {
    const files = await open({ 'moltbot.json': config('info') }, env)
    const broken = config('c4nary-loud').replace('logging: {', 'logging: {\n')
    files.write('moltbot.json', broken)
    await files.until(() => expect(files.warnings()).toHaveLength(1))
    expect(files.warnings()[0]).toContain(`${files.paths.configPath}:2:2: logging.level must be one of`)
    expect(files.live.problems()).toMatchObject([{ code: 'CONFIG_INVALID', params: { line: 2, column: 2 } }])
    expect(files.level).toBe('info')
    files.replace('moltbot.json', broken)
    await sleep(settled)
    expect(files.warnings()).toHaveLength(1)
    files.write('moltbot.json', '{ gateway: ')
    await files.until(() => expect(files.live.problems()).toMatchObject([{ code: 'CONFIG_SYNTAX' }]))
    files.write('moltbot.json', config('debug'))
    await files.until(() => expect(files.level).toBe('debug'))
    expect(files.live.problems()).toEqual([])
    expect(files.said.map(({ text }) => text).join()).toContain('valid again')
    expect(JSON.stringify([files.said, files.live.problems()])).not.toContain('c4nary')
  })

  it('of an editor in the middle of its writing is not said at all', async () => {
    const files = await open({ 'moltbot.json': config('info') }, env)
    for (const level of ['debug', 'warn', 'error']) {
      files.write('moltbot.json', config(level).slice(0, 60))
      await sleep(50)
      files.write('moltbot.json', config(level))
      await files.until(() => expect(files.level).toBe(level))
    }
    expect(files.warnings()).toEqual([])
  })

  it('such as a file that is gone never means the defaults', async () => {
    const files = await open({
      'moltbot.json': `{ $include: "log.json" }`,
      'log.json': config('info'),
      '.env': 'T=1234567890\n',
    })
    for (const name of ['moltbot.json', 'log.json', '.env']) {
      renameSync(files.at(name), files.at('away'))
      await files.until(() => expect(files.live.problems()).not.toEqual([]))
      expect(files.level).toBe('info')
      renameSync(files.at('away'), files.at(name))
      await files.until(() => expect(files.live.problems()).toEqual([]))
    }
    // Also where everything else comes from elsewhere, so that the defaults could be served.
    const other = await open(
      { 'moltbot.json': '{ logging: { level: "warn" }, gateway: { reload: { debounceMs: 30 } } }' },
      { CLAWDBOT_GATEWAY_TOKEN: '1234567890' },
    )
    unlinkSync(other.paths.configPath)
    await other.until(() => expect(other.live.problems()).toMatchObject([{ code: 'CONFIG_UNREADABLE' }]))
    expect(other.level).toBe('warn')
    expect(files.warnings()).toHaveLength(3)
    expect([files.hot, files.restarts]).toEqual([[], []])
  })

  it('such as one that would leave the gateway without a token, or open it to all, keeps both', async () => {
    const files = await open({
      'moltbot.json': '{ gateway: { reload: { debounceMs: 30 } } }',
      '.env': 'CLAWDBOT_GATEWAY_TOKEN=1234567890\n',
    })
    unlinkSync(files.at('.env'))
    await files.until(() => expect(files.live.problems()).toMatchObject([{ code: 'TOKEN_MISSING' }]))
    files.write('moltbot.json', '{ gateway: { bind: "lan", reload: { debounceMs: 30 } } }')
    await files.until(() =>
      expect(files.live.problems()).toMatchObject([{ params: { key: 'gateway.bind' } }]),
    )
    expect(files.live.current().token?.value).toBe('1234567890')
    expect(files.restarts).toEqual([])
  })
})

describe('following the files', () => {
  it('outlives a folder that is replaced as a whole', async () => {
    const files = await open(
      { 'moltbot.json': '{ $include: "parts/log.json" }', 'parts/log.json': config('info') },
      env,
    )
    rmSync(files.at('parts'), { recursive: true })
    await files.until(() => expect(files.live.problems()).not.toEqual([]))
    mkdirSync(files.at('parts'))
    files.write('parts/log.json', config('debug'))
    await files.until(() => expect(files.level).toBe('debug'))
  })

  it('ends with close, costs nothing at rest, and keeps no process alive', () => {
    const program = `
      import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
      import { tmpdir } from 'node:os'
      import { openLiveConfig } from './gateway/reload/open-live-config.ts'
      import { loadConfig } from './host/config/load-config.ts'
      const stateDir = mkdtempSync(tmpdir() + '/moltbot-live-')
      const paths = { stateDir, configPath: stateDir + '/moltbot.json', envFilePath: stateDir + '/.env' }
      writeFileSync(paths.configPath, '{}')
      const loaded = await loadConfig(paths, {})
      const logger = { info() {}, warn() {}, error() {} }
      const live = openLiveConfig({ paths, env: () => ({}), loaded, logger, onRestart() {} })
      const before = process.cpuUsage()
      await new Promise((done) => setTimeout(done, 1000))
      const { user, system } = process.cpuUsage(before)
      writeFileSync(paths.configPath, '{ logging: {} }')
      process.on('exit', () => rmSync(stateDir, { recursive: true }))
      console.log(JSON.stringify({ busyMs: (user + system) / 1000 }))
    `
    const startedAt = performance.now()
    const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      encoding: 'utf8',
      timeout: 8_000,
    })
    expect(JSON.parse(output).busyMs).toBeLessThan(100)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })
})
