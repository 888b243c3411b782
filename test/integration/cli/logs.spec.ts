import { spawn } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { datedAccessLogName, datedLogName } from '../../../host/config/log-path.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { commandLine, freePort, homes, programs } from '../gateway/gateway-process.ts'
import { recordLine } from '../host/logs/log-folder.ts'

const home = homes()
const run = programs()

function logHome(config = '{}') {
  const { base, env, stateDir } = home(config)
  const folder = join(base, 'log')
  mkdirSync(folder, { mode: 0o700 })
  const path = join(folder, datedLogName(new Date()))
  const append = (...lines: readonly string[]) => appendFileSync(path, lines.join(''))
  return { base, env, folder, path, append, stateDir }
}

async function logs(env: Record<string, string>, ...args: string[]) {
  const program = run(['logs', ...args], env)
  const code = await program.exit
  const { stdout, stderr } = program.output()
  const objects = () =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { code, stdout, stderr, lines: stdout.split('\n').slice(0, -1), objects }
}

describe('logs, with no gateway and no host', () => {
  it('shows the last 200 lines: time, level, subsystem, message and facts', async () => {
    const { env, append } = logHome()
    append(...Array.from({ length: 300 }, (_, index) => recordLine(`n${index}`, { data: { index } })))
    const plain = await logs(env)
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.lines).toHaveLength(200)
    expect(plain.lines[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d info {2}test n100 index=100$/)
    expect((await logs(env, '--tail', '2')).lines).toEqual(plain.lines.slice(-2))
    expect((await logs(env, '--limit', '3')).lines).toEqual(plain.lines.slice(-3))
    expect((await logs(env, '--tail', '0')).stdout).toBe('')
  })

  it('counts after the filters, far back in the file', async () => {
    const { env, append } = logHome()
    append(recordLine('needle one'), recordLine('Needle two', { level: 'error' }), 'bare words\n')
    append(recordLine('hay').repeat(20_000))
    append(recordLine('grave', { level: 'fatal', subsystem: 'needlework' }))
    const found = async (...args: string[]) =>
      (await logs(env, ...args)).lines.map((line) => line.replace(/^[\d-]+ [\d:]+ /, ''))
    const [one, two, grave] = ['info  test needle one', 'error test Needle two', 'fatal needlework grave']
    const wanted: readonly (readonly [readonly string[], readonly (string | undefined)[]])[] = [
      [
        ['--grep', 'NEEDLE'],
        [one, two, grave],
      ],
      [
        ['--grep', 'needle', '--tail', '2'],
        [two, grave],
      ],
      [['--grep', '/needle \\w+$/', '--tail', '9'], [one]],
      [['--grep', '/NEEDLE T/i'], [two]],
      [
        ['--level', 'error'],
        [two, 'bare words', grave],
      ],
      [['--level', 'FATAL', '--grep', 'needle'], [grave]],
      [['--grep', 'a.c('], []],
    ]
    const shown = await Promise.all(wanted.map(([args]) => found(...args)))
    for (const [index, [args, lines]] of wanted.entries()) expect(shown[index], args.join(' ')).toEqual(lines)
    append('/tmp/moltbot is a path\n')
    expect(await found('--grep', '/TMP/moltbot')).toEqual(['/tmp/moltbot is a path'])
  })

  it('says where a search ended', async () => {
    const { env, append } = logHome()
    append(recordLine('needle'), recordLine('x'.repeat(50_000)).repeat(1_400))
    const { code, stdout, stderr } = await logs(env, '--grep', 'needle')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/^Only the last \d+ MB of the log were searched\.\n$/)
  })

  it('as JSON is one typed object a line', async () => {
    const { env, append, path } = logHome()
    append(recordLine('it', { level: 'warn', data: { why: 'x\u009b\u202e' } }), 'raw \u001b[31mwords\n')
    const { code, objects, stdout } = await logs(env, '--json')
    expect(code).toBe(0)
    expect(objects()).toEqual([
      { type: 'meta', file: path },
      {
        type: 'log',
        time: '2026-01-30T08:00:00.000Z',
        level: 'warn',
        subsystem: 'test',
        message: 'it why=x\u009b\u202e',
      },
      { type: 'raw', raw: 'raw \u001b[31mwords' },
    ])
    expect(stdout).not.toMatch(/[^\n -~]/)
  })

  it('never lets a line act on the terminal', async () => {
    const { env, append } = logHome()
    const acts = '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\u202egnp.exe\u2028\u0000'
    append(`${acts}\n`, recordLine(acts, { subsystem: acts }), `${'x'.repeat(70_000)}\u001b[2J\n`)
    const { stdout, lines } = await logs(env)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/)
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('\\u001b]0;owned\\u0007')
    expect(lines[2]?.slice(-40)).toMatch(/x … \(\d+ bytes more\)$/)
  })

  it('finds the file of the configuration, and the usual one where that is broken', async () => {
    const { base, env, append } = logHome('{')
    append(recordLine('usual'))
    const broken = await logs(env)
    expect(broken).toMatchObject({ code: 0, stdout: expect.stringContaining('usual') })
    expect(broken.stderr).toContain('moltbot.json')
    writeFileSync(join(base, 'my.log'), recordLine('mine'))
    const named = logHome(JSON.stringify({ logging: { file: join(base, 'my.log') } }))
    const at = new Date('2026-01-29T08:00:00Z')
    writeFileSync(join(base, 'my.log.1.gz'), gzipSync(recordLine('older', { at })))
    expect((await logs(named.env, '--since', '2026-01-20')).stdout).toMatch(/ older\n.* mine\n$/)
  })

  it('says where the log will be and what to do where there is none', async () => {
    const { env, path } = logHome()
    const { code, stdout, stderr } = await logs(env)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain(path)
    expect(stderr).toContain('moltbot service start')
    const json = await logs(env, '--json')
    expect(json.objects().at(-1)).toMatchObject({ type: 'notice', code: 'NO_LOG' })
  })

  it('refuses what was planted, with a remedy', async () => {
    const { base, env, path } = logHome()
    writeFileSync(join(base, 'victim'), 'secret words\n')
    symlinkSync(join(base, 'victim'), path)
    const { code, stdout, stderr } = await logs(env)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`cannot be read. ${path}: it is a link.`)
    expect(stderr).toContain('logging.file')
    const json = await logs(env, '--json')
    expect(json.code).toBe(1)
    expect(json.objects()).toMatchObject([{ type: 'error', code: 'LOG_UNREADABLE', params: { path } }])
  })

  it('is told what is wrong usage', async () => {
    const wrong = [
      ['--tail', '1e3'],
      ['extra'],
      ['--source', 'kitchen'],
      ['--url', 'ws://127.0.0.1:1', '--token', 'c4nary'],
    ]
    const { env } = logHome()
    for (const { code, stdout, stderr } of await Promise.all(wrong.map((args) => logs(env, ...args)))) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).not.toBe('')
      expect(stderr).not.toContain('    at ')
      expect(stderr).not.toContain('c4nary')
    }
  })

  it('gives up on a pattern that would take for ever, and hangs on none at Ctrl-C', async () => {
    const { env, append } = logHome()
    append(recordLine('a'))
    const following = run(['logs', '-f', '--grep', '/(a+)+$/'], env)
    await following.untilOutput(' a')
    append(recordLine(`${'a'.repeat(60)}!`))
    const startedAt = performance.now()
    const { code, stderr } = await logs(env, '--grep', '/(a+)+$/')
    expect(code).toBe(1)
    expect(stderr).toContain('takes too long')
    following.child.kill('SIGINT')
    expect([0, 1]).toContain(await following.exit)
    expect(performance.now() - startedAt).toBeLessThan(8_000)
  })
})

describe('a time, a day, a source', () => {
  const at = (moment: Date, text: string) => recordLine(text, { at: moment })
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)

  it('reaches back through rolled, rotated and compressed files, and into none of another day', async () => {
    const { env, folder, path, append } = logHome()
    const early = new Date(2026, 0, 30, 8)
    const write = (name: string, ...lines: string[]) => writeFileSync(join(folder, name), lines.join(''))
    const packed = (name: string, ...lines: string[]) =>
      writeFileSync(join(folder, name), gzipSync(lines.join('')), { mode: 0o600 })
    write('moltbot-2026-01-29.log', at(new Date(2026, 0, 29, 23, 59, 59), 'day before'))
    packed('moltbot-2026-01-30.log.2.gz', at(early, 'one'), 'its trace\n')
    write('moltbot-2026-01-30.log.1', at(new Date(2026, 0, 30, 9), 'two'))
    write('moltbot-2026-01-30.1.log', at(new Date(2026, 0, 30, 10), 'three'))
    write('moltbot-2026-01-30.log', at(new Date(2026, 0, 30, 11), 'four'))
    write('moltbot-2026-01-31.log', at(new Date(2026, 0, 31, 0), 'day after'))
    append(at(ago(30), 'old'), at(ago(1), 'new'))
    const texts = async (...args: string[]) =>
      (await logs(env, ...args)).lines.map((line) => line.replace(/^[\d-]+ [\d:]+ info {2}test /, ''))
    // The order of a day's parts is that of their last change.
    for (const [index, name] of ['.log.2.gz', '.log.1', '.1.log', '.log'].entries()) {
      utimesSync(join(folder, `moltbot-2026-01-30${name}`), early, new Date(2026, 0, 30, 12, index))
    }
    const [day, last, fresh, dayAfter, hour] = await Promise.all([
      texts('--date', '2026-01-30'),
      texts('--date', '2026-01-30', '--grep', 'o', '--tail', '1'),
      texts('--since', '10m'),
      texts('--since', '2026-01-31', '--until', '2026-02-01'),
      texts('--since', '2026-01-30T08:30', '--until', '2026-01-30T09:30'),
    ])
    expect(day.sort()).toEqual(['four', 'its trace', 'one', 'three', 'two'])
    expect([last, fresh, dayAfter, hour]).toEqual([['four'], ['new'], ['day after'], ['two']])
    const json = (await logs(env, '--since', '2026-01-31', '--json')).objects()
    const files = json.filter(({ type }) => type === 'meta').map(({ file }) => file)
    expect(files).toEqual([join(folder, 'moltbot-2026-01-31.log'), path])
    expect((await logs(env, '--max-bytes', '150', '--grep', 'old')).stderr).toContain('Only the last 150 B')
    writeFileSync(join(folder, 'moltbot-2026-01-30.log.3.gz'), 'not packed at all')
    const broken = await logs(env, '--date', '2026-01-30')
    expect(broken).toMatchObject({ code: 0, stderr: expect.stringContaining('log.3.gz') })
    expect(broken.stdout).toContain('two')
  })

  it('shows who connected, and what the host did', async () => {
    const { base, env, folder } = logHome()
    const visit = recordLine('refused', { subsystem: 'access', level: 'warn', data: { from: '127.0.0.1' } })
    writeFileSync(join(folder, datedAccessLogName(new Date())), visit)
    expect((await logs(env, '--source', 'access')).stdout).toContain('warn  access refused from=127.0.0.1')
    mkdirSync(join(base, 'host'))
    const entry = {
      seq: 1,
      at: Date.now(),
      kind: 'gatewayExited',
      problem: null,
      evidence: { exit: 'code 1', pid: 7 },
    }
    writeFileSync(join(base, 'host', 'timeline.jsonl'), `${JSON.stringify(entry)}\n`)
    const { stdout } = await logs(env, '--source', 'host', '--since', '1m')
    expect(stdout).toMatch(/^[\d-]+ [\d:]+ info {2}host .*exit=.*pid=7\n$/)
    const [, line] = (await logs(env, '--source', 'host', '--json')).objects()
    expect(line).toMatchObject({ type: 'log', subsystem: 'host', level: 'info' })
    const none = await logs(logHome().env, '--source', 'host')
    expect(none).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('moltbot host') })
  })

  it('paints when forced, and never against a wish', async () => {
    const { env, append } = logHome()
    append(recordLine('it'))
    const painted = async (own: Record<string, string>, ...args: string[]) =>
      (await logs({ ...env, ...own }, ...args)).stdout.includes('\u001b[')
    const forced = (...args: string[]) => painted({ FORCE_COLOR: '1' }, ...args)
    const all = await Promise.all([forced(), forced('--no-color'), forced('--plain')])
    expect(all).toEqual([true, false, false])
  })
})

describe('a pipe', () => {
  it('whose reader leaves ends it quietly, and a slow one gets it all', async () => {
    const { env, append } = logHome()
    append(recordLine('x'.repeat(500)).repeat(20_000))
    const ended = await shell(env, `"$0" "$1" logs --tail 20000 2>err | head -1; echo "\${PIPESTATUS[0]}"`)
    const [line, code] = ended.split('\n')
    expect(line).toContain('xxx')
    expect(code).toBe('0')
    expect(await shell(env, 'cat err')).toBe('')
    const all = await shell(env, '"$0" "$1" logs --tail 20000 | (sleep 0.5; wc -l)')
    expect(all.trim()).toBe('20000')
  })

  function shell(env: Record<string, string>, script: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn('bash', ['-c', script, process.execPath, commandLine], {
        env,
        cwd: env.HOME,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let output = ''
      child.stdout.on('data', (chunk) => {
        output += chunk
      })
      child.once('error', reject)
      child.once('close', () => resolve(output))
    })
  }
})

describe('--follow', () => {
  it('goes on through rename, copy and empty, removal, and ends with 0 at Ctrl-C', async () => {
    const { env, append, path, folder } = logHome()
    append(recordLine('zero'))
    const program = run(['logs', '-f', '--grep', '/zero|step/'], env)
    const shows = (text: string) =>
      until(
        () => program.output().stdout.includes(text),
        `${text}; there is ${JSON.stringify(program.output())}`,
      )
    await shows('zero')
    append(recordLine('other'), recordLine('step 1'))
    await shows('step 1')
    renameSync(path, `${path}.1`)
    appendFileSync(`${path}.1`, recordLine('step 2'))
    append(recordLine('step 3'))
    await shows('step 3')
    copyFileSync(path, `${path}.2`)
    truncateSync(path)
    await until(() => program.output().stderr.includes('emptied'), 'the word of it')
    append(recordLine('step 4'))
    await shows('step 4')
    rmSync(folder, { recursive: true })
    mkdirSync(folder, { mode: 0o700 })
    append(recordLine('step 5'))
    await shows('step 5')
    const shown = program.output().stdout.match(/zero|step \d|other/g)
    expect(shown).toEqual(['zero', 'step 1', 'step 2', 'step 3', 'step 4', 'step 5'])
    program.child.kill('SIGINT')
    expect(await program.exit).toBe(0)
  })

  it('waits for the first log, and shows what the gateway writes', async () => {
    const { env, folder } = logHome('{ gateway: { mode: "local" } }')
    rmSync(folder, { recursive: true })
    const program = run(['logs', '--follow', '--json'], env)
    await program.untilOutput('NO_LOG')
    run(['gateway', '--port', String(await freePort())], env)
    await program.untilOutput('The gateway is ready')
    program.child.kill('SIGTERM')
    expect(await program.exit).toBe(0)
  })
})
