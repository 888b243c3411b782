import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChecksReport } from '../../../shared/checks.ts'
import { changesIn, healthyHomes, treeOf } from '../../fixtures/check-home.ts'
import {
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  timelineOf,
} from '../../fixtures/host-under-test.ts'
import { commandLine, freePort } from '../gateway/gateway-process.ts'

const home = healthyHomes()

async function moltbot(args: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [commandLine, ...args.split(' ')], { env })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, output, errors }
}

describe('moltbot doctor, with no host running', () => {
  it('finds, mends, and finds nothing more; only what was wrong is other than before', async () => {
    const at = home(await freePort())
    chmodSync(at.stateDir, 0o755)
    chmodSync(at.configPath, 0o644)
    const config = readFileSync(at.configPath, 'utf8').replace('mode: "local", // here', '// none here')
    writeFileSync(at.configPath, config)
    const before = treeOf(at.base)

    const found = await moltbot('doctor --strict', at.env)
    expect(found).toMatchObject({ code: 4, errors: '' })
    expect(found.output).toMatch(/^CRITICAL {2}Others can read the configuration$/m)
    expect(found.output).toMatch(/^WARNING {3}Others can look into the state folder$/m)
    expect(found.output).toContain(`${at.configPath} has mode 0644`)
    expect(found.output).toContain('3 can be mended for you: add --fix.')
    expect(found.output).not.toContain('\u001b')
    expect(changesIn(before, treeOf(at.base))).toEqual([])

    const fixed = await moltbot('doctor --repair --yes --non-interactive --json', at.env)
    expect(fixed).toMatchObject({ code: 0, errors: '' })
    const report = JSON.parse(fixed.output)
    expect(report).toMatchObject({
      ts: expect.closeTo(Date.now(), -5),
      summary: { critical: 0, warn: 0 },
      mended: [
        { checkId: 'fs.state_dir.perms_readable', ok: true },
        { checkId: 'fs.config.perms_world_readable', ok: true },
        { checkId: 'modeUnset', ok: true },
      ],
    })
    const changed = changesIn(before, treeOf(at.base)).filter((name) => !name.startsWith('host/'))
    expect(changed).toEqual(['state/', 'state/moltbot.json', 'state/moltbot.json.bak.1'])
    const timeline = readFileSync(join(at.hostDir, 'timeline.jsonl'), 'utf8')
    expect(timeline.match(/"troubleMended"/g)).toHaveLength(3)

    expect(await moltbot('doctor --strict --deep', at.env)).toMatchObject({ code: 0 })
    for (const { output } of [found, fixed]) expect(output + timeline).not.toContain('c4nary')
  })

  it('works with a configuration that cannot be read, and leaves it as it is', async () => {
    const at = home()
    const broken = '{ gateway: { auth: { token: "c4nary-0123456789" '
    writeFileSync(at.configPath, broken)
    const fixed = await moltbot('doctor --fix --json --strict', at.env)
    expect(fixed).toMatchObject({ code: 4, errors: '' })
    const { findings } = JSON.parse(fixed.output)
    expect(findings).toContainEqual({
      checkId: 'configSyntax',
      severity: 'critical',
      title: 'The configuration cannot be read',
      detail: expect.stringContaining(`${at.configPath}, line 1, column`),
      remediation: expect.stringContaining('by hand'),
      code: 'configSyntax',
      facts: expect.objectContaining({ path: at.configPath, line: 1 }),
      fix: 'manual',
      evidence: [],
    })
    expect(readFileSync(at.configPath, 'utf8')).toBe(broken)
    expect(fixed.output).not.toContain('c4nary')
    const audit = await moltbot('security audit --fix', at.env)
    expect(audit.code).toBe(0)
    expect(readFileSync(at.configPath, 'utf8')).toBe(broken)
  })

  it('looks where no host could be, and says why it cannot mend', async () => {
    const at = home(await freePort())
    chmodSync(at.stateDir, 0o755)
    rmSync(at.hostDir, { recursive: true })
    writeFileSync(at.hostDir, 'no folder')
    const looked = await moltbot('doctor --strict', at.env)
    expect(looked.code).toBe(4)
    expect(looked.output).toContain('Others can look into the state folder')
    const fixed = await moltbot('doctor --fix --json', at.env)
    expect(fixed.code).toBe(1)
    expect(JSON.parse(fixed.output)).toMatchObject({ ok: false, code: 'HOST_DIR_UNUSABLE' })
    expect(statSync(at.stateDir).mode & 0o777).toBe(0o755)
  })
})

describe('moltbot doctor, with a host running', () => {
  let homeOfHost: TestHome | undefined
  let host: HostUnderTest | undefined
  afterEach(async () => {
    await host?.leave()
    await homeOfHost?.remove()
  })

  it('asks the host, which mends and remembers it, and tells everybody', async () => {
    homeOfHost = await makeHome()
    const { env, stateDir } = homeOfHost
    host = HostUnderTest.start(homeOfHost, ['gateway'], [process.execPath, commandLine])
    const connection = await host.connect()
    await reaches(connection, 'running')
    mkdirSync(join(stateDir, 'credentials'), { mode: 0o755 })
    const views: boolean[] = []
    connection.on('checks.changed', ({ isRunning }) => views.push(isRunning))

    // Two at once get one answer.
    const order = { deep: false, fix: false }
    const [one, other] = await Promise.all([
      connection.call('checks.doctor', order),
      connection.call('checks.doctor', order),
    ])
    expect(one).toEqual(other)
    expect(views[0]).toBe(true)
    expect(views.at(-1)).toBe(false)
    const codes = ({ findings }: ChecksReport) =>
      findings.filter(({ level }) => level !== 'ok' && level !== 'info').map(({ code }) => code)
    expect(one.ok && codes(one.value)).toEqual(['filesOpen'])

    const fixed = await moltbot('doctor --fix --json --strict', env)
    expect(fixed.code).toBe(0)
    expect(statSync(join(stateDir, 'credentials')).mode & 0o777).toBe(0o700)
    const snapshot = await connection.call('host.snapshot')
    expect(snapshot.ok && snapshot.value.checks).toMatchObject({
      isRunning: false,
      audit: null,
      doctor: { mended: [{ code: 'stateFoldersMissing' }, { code: 'filesOpen', problem: null }] },
    })
    expect((await timelineOf(connection)).filter(({ kind }) => kind === 'troubleMended')).toHaveLength(2)
    connection.close()

    // One that hangs is told, and not ended by a doctor.
    const { pid } = host
    process.kill(pid, 'SIGSTOP')
    try {
      const alone = await moltbot('doctor --json', env)
      expect(JSON.parse(alone.output).findings[0]).toMatchObject({ code: 'hostHung', facts: { pid } })
      const refused = await moltbot('doctor --fix --json', env)
      expect(refused.code).toBe(1)
      expect(JSON.parse(refused.output)).toMatchObject({ code: 'HOST_UNRESPONSIVE' })
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    expect(host.process.exitCode).toBeNull()
  })
})

/** Folders of a server that is gone: their file system is there, and nobody serves it. */
const deaf = (fd: number, folder: string) =>
  `exec ${fd}<>/dev/fuse && mount -i -t fuse -o fd=${fd},rootmode=40000,user_id=0,group_id=0 deaf "${folder}"`
const inOwnMounts = (script: string) => ['--user', '--map-root-user', '--mount', 'sh', '-c', script]

function canBeDeaf(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'moltbot-deaf-'))
  const tried = spawnSync('unshare', inOwnMounts(deaf(9, folder)), { stdio: 'ignore' })
  rmdirSync(folder)
  return tried.status === 0
}

const describeDeaf = canBeDeaf() ? describe : describe.skip
describeDeaf('beside folders that do not answer [skipped where this user may not mount any]', () => {
  it.each([
    ['doctor', ['checkTimedOut', 'backupFolderUnusable']],
    ['security audit', ['checkTimedOut']],
  ])('moltbot %s says so, and ends', async (command, codes) => {
    const at = home()
    const backups = join(at.hostDir, 'backups')
    mkdirSync(backups)
    const script = `${deaf(8, at.logDir)} && ${deaf(9, backups)} && exec "$@"`
    const line = ['sh', process.execPath, commandLine, ...command.split(' '), '--json']
    const child = spawn('unshare', [...inOwnMounts(script), ...line], {
      env: at.env,
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 12_000,
      killSignal: 'SIGKILL',
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    const ended = await new Promise((done) => child.once('close', (code, signal) => done({ code, signal })))
    expect(ended).toEqual({ code: 0, signal: null })
    const { findings } = JSON.parse(output)
    const trouble = findings.filter(({ severity }: { severity: string }) => severity === 'warn')
    expect(trouble.map(({ code }: { code: string }) => code)).toEqual(codes)
  })
})
