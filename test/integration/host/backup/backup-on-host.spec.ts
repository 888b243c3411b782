import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HostConnection } from '../../../../host/transports/control-client.ts'
import type { JobResult } from '../../../../shared/backup-results.ts'
import { pidOf } from '../../../../shared/gateway-state.ts'
import {
  freePort,
  HostUnderTest,
  makeHome,
  reaches,
  type TestHome,
  timelineOf,
  until,
  viewOf,
} from '../../../fixtures/host-under-test.ts'
import { isAlive } from '../../../fixtures/kernel.ts'
import { filesIn } from '../../../fixtures/tree-digest.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { commandLine } from '../../gateway/gateway-process.ts'
import { backedUp, endOf, jobOf } from './job-of.ts'

let home: TestHome
let host: HostUnderTest
let connection: HostConnection
const ourGateway = [process.execPath, commandLine, 'gateway']

beforeEach(async () => {
  home = await makeHome()
})
afterEach(async () => {
  connection?.close()
  await host?.leave()
  await home.remove()
})

async function open(switches: readonly string[] = [], program?: readonly string[]): Promise<void> {
  host = HostUnderTest.start(home, switches, program)
  connection = await host.connect()
  await reaches(connection, 'running')
}

function created(result: JobResult | null | undefined): Extract<JobResult, { kind: 'backup.create' }> {
  if (result?.kind !== 'backup.create') throw new Error(`no backup: ${JSON.stringify(result)}`)
  return result
}

const state = (path: string) => join(home.stateDir, path)
const write = (path: string, text: string) => {
  mkdirSync(join(state(path), '..'), { recursive: true })
  writeFileSync(state(path), text)
}

describeWith(['procfs'], 'a backup of a gateway that writes two hundred times a second', () => {
  it('has what belongs together from one moment, and the gateway goes on by itself', async () => {
    await open(['--write-state', '200'])
    const sessions = state('agents/main/sessions')
    await until(() => existsSync(join(sessions, 'session.jsonl')), 'the first writes')
    const formerPid = pidOf((await viewOf(connection)).state) ?? 0
    const job = await backedUp(connection)
    const backup = created(job.result)
    expect(backup).toMatchObject({ verified: true, consistency: 'paused' })
    expect(isAlive(formerPid), 'nobody wrote while the last copies were taken').toBe(false)
    expect(backup.pausedMs).toBeGreaterThan(0)
    expect(statSync(backup.path).mode & 0o777).toBe(0o600)
    await reaches(connection, 'running')
    const view = await viewOf(connection)
    expect({ intent: view.intent, crashes: view.crashes }).toEqual({ intent: 'running', crashes: 0 })
    expect((await timelineOf(connection)).map(({ kind }) => kind)).toContain('backupMade')

    // The gateway stops for good, and the state is taken away: what comes back is the backup's.
    await connection.call('gateway.stop')
    await reaches(connection, 'stopped')
    rmSync(home.stateDir, { recursive: true })
    mkdirSync(home.stateDir, { mode: 0o700 })
    const restored = await jobOf(connection, 'backups.restore', { file: backup.path })
    expect(restored.problem).toBeNull()
    const count = (name: string) => JSON.parse(readFileSync(join(sessions, name), 'utf8')).count
    const lines = readFileSync(join(sessions, 'session.jsonl'), 'utf8').trimEnd().split('\n')
    expect(count('one.json')).toBe(count('other.json'))
    expect(JSON.parse(lines.at(-1) ?? '').count).toBe(count('one.json'))
    expect(lines).toHaveLength(count('one.json') + 1)
  })
})

describeWith(['procfs'], 'a restore', () => {
  it('brings back what was there, starts the gateway on it, and keeps what was there meanwhile', async () => {
    await open([], ourGateway)
    write('agents/main/agent/auth-profiles.json', '{"version":1}')
    write('credentials/whatsapp/default/creds.json', '{"noiseKey":1}')
    const before = filesIn(home.stateDir)
    const { path } = created((await backedUp(connection)).result)

    write('credentials/whatsapp/default/creds.json', '{"noiseKey":2}')
    write('agents/main/sessions/new.jsonl', '{}\n')
    rmSync(state('agents/main/agent'), { recursive: true })
    const meanwhile = filesIn(home.stateDir)
    const preview = (await jobOf(connection, 'backups.inspect', { file: path })).result
    expect(preview).toMatchObject({
      kind: 'backup.inspect',
      preview: { added: 1, changed: 1, removed: 1, mayNeedRelink: true, stopsGateway: true },
    })
    expect(filesIn(home.stateDir)).toEqual(meanwhile)

    const formerPid = pidOf((await viewOf(connection)).state) ?? 0
    const job = await jobOf(connection, 'backups.restore', { file: path })
    expect(job).toMatchObject({ state: 'done', result: { healthy: true } })
    expect(filesIn(home.stateDir, ['.moltbot-before-'])).toEqual(before)
    expect(isAlive(formerPid)).toBe(false)
    expect((await viewOf(connection)).state.name).toBe('running')
    const keptAt = job.result?.kind === 'backup.restore' ? job.result.keptAt : ''
    const kept = filesIn(keptAt)
    for (const [file, digest] of Object.entries(meanwhile)) expect(kept[file], file).toBe(digest)
  })

  it('goes back by itself where the gateway is not well with it', async () => {
    await open([], ourGateway)
    const { path } = created((await backedUp(connection)).result)
    await connection.call('gateway.stop')
    await reaches(connection, 'stopped')
    // A configuration that loads, and whose port nobody may have: the start fails, not the check.
    write('moltbot.json', '{ gateway: { mode: "remote" } }')
    const bad = created((await backedUp(connection)).result)
    expect(bad.path).not.toBe(path)
    await jobOf(connection, 'backups.restore', { file: path })
    await connection.call('gateway.start')
    await reaches(connection, 'running')
    const before = filesIn(home.stateDir, ['.moltbot-before-'])

    const job = await jobOf(connection, 'backups.restore', { file: bad.path })
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'RESTORE_UNDONE' } })
    await reaches(connection, 'running')
    expect(filesIn(home.stateDir, ['.moltbot-before-'])).toEqual(before)
    expect((await connection.call('gateway.health')).ok).toBe(true)
  })

  it('of a state that had no token yet makes one, as a first run does', async () => {
    await open([], ourGateway)
    await connection.call('gateway.stop')
    await reaches(connection, 'stopped')
    rmSync(state('.env'))
    const { path } = created((await backedUp(connection)).result)
    await connection.call('gateway.start')
    await reaches(connection, 'running')
    const job = await jobOf(connection, 'backups.restore', { file: path })
    expect(job).toMatchObject({ state: 'done', result: { healthy: true } })
    expect(readFileSync(state('.env'), 'utf8')).toMatch(/^CLAWDBOT_GATEWAY_TOKEN=\S{43}\n$/)
  })

  it('hands the gateway the secrets that it has just set', async () => {
    await open([], ourGateway)
    await connection.call('secrets.useStore', { kind: 'sealedFile', passphrase: 'a long passphrase' })
    await connection.call('secrets.set', { name: 'ANTHROPIC_API_KEY', value: 'value-in-the-backup' })
    const plain = readFileSync(state('moltbot.json'), 'utf8')
    write('moltbot.json', plain.replace('gateway: {', `talk: "\${ANTHROPIC_API_KEY}", gateway: {`))
    const { path } = created((await backedUp(connection)).result)
    write('moltbot.json', plain)
    await connection.call('secrets.delete', { name: 'ANTHROPIC_API_KEY' })
    await connection.call('gateway.restart')
    const job = await jobOf(connection, 'backups.restore', { file: path })
    expect(job).toMatchObject({ state: 'done', result: { healthy: true, secretsSet: ['ANTHROPIC_API_KEY'] } })
  })

  it('goes on where somebody stops the gateway meanwhile, and says that its health was not seen', async () => {
    const script = join(home.folder, 'script.json')
    writeFileSync(script, '{}')
    await open(['--script', script])
    write('moltbot.json', '{}')
    const { path } = created((await backedUp(connection)).result)
    writeFileSync(script, '{ "ready-after": "60000" }')
    const begun = await connection.call('backups.restore', { file: path })
    const jobId = begun.ok ? begun.value.jobId : ''
    await until(
      async () => {
        const snapshot = await connection.call('host.snapshot')
        return snapshot.ok && snapshot.value.jobs.jobs[0]?.step === 'checkingHealth'
      },
      'the proof to begin',
      20_000,
    )
    await connection.call('gateway.stop')
    expect(await endOf(connection, jobId)).toMatchObject({ state: 'done', result: { healthy: false } })
    expect((await viewOf(connection)).intent).toBe('stopped')
  })

  it('is refused while a gateway that is not ours is on the port, and leaves it alone', async () => {
    await open([], ourGateway)
    const { path } = created((await backedUp(connection)).result)
    await connection.call('gateway.stop')
    await reaches(connection, 'stopped')
    const other = createServer((_, response) => response.end('{}'))
    await new Promise<void>((done) => other.listen(home.gatewayPort, '127.0.0.1', done))
    const before = filesIn(home.stateDir)
    const job = await jobOf(connection, 'backups.restore', { file: path })
    expect(job.problem).toMatchObject({
      code: 'RESTORE_GATEWAY_NOT_OURS',
      params: { pid: process.pid },
    })
    expect(filesIn(home.stateDir)).toEqual(before)
    expect(other.listening).toBe(true)
    await new Promise((done) => other.close(done))
  })

  it('is refused while a gateway that somebody started by hand runs on the same state, on whatever port', async () => {
    await open([], ourGateway)
    const { path } = created((await backedUp(connection)).result)
    await connection.call('gateway.stop')
    await reaches(connection, 'stopped')
    const [file = '', ...args] = ourGateway
    const byHand = spawn(file, [...args, '--port', String(await freePort())], { env: home.env })
    let said = ''
    byHand.stdout.on('data', (chunk) => {
      said += chunk
    })
    await until(() => said.includes('Gateway ready'), 'it to be ready')
    const locks = join(home.env.TMPDIR ?? '', `moltbot-${process.getuid?.()}`)
    await until(() => existsSync(locks) && readdirSync(locks).length > 0, 'its lock')
    const before = filesIn(home.stateDir)
    const job = await jobOf(connection, 'backups.restore', { file: path })
    expect(job.problem).toMatchObject({ code: 'RESTORE_GATEWAY_NOT_OURS', params: { pid: byHand.pid } })
    expect(filesIn(home.stateDir)).toEqual(before)
    expect(isAlive(byHand.pid ?? 0)).toBe(true)
    byHand.kill('SIGTERM')
    await new Promise((done) => byHand.once('close', done))
  })

  it('is the only one: a second, asked for at once, is refused', async () => {
    await open([], ourGateway)
    const { path } = created((await backedUp(connection)).result)
    const both = await Promise.all([
      connection.call('backups.restore', { file: path }),
      connection.call('backups.restore', { file: path }),
    ])
    expect(both.map((outcome) => (outcome.ok ? 'begun' : outcome.code)).sort()).toEqual(['JOB_BUSY', 'begun'])
    const begun = both.find((outcome) => outcome.ok)
    expect(begun?.ok && (await endOf(connection, begun.value.jobId)).state).toBe('done')
  })
})

describeWith(['procfs'], 'the folder for backups', () => {
  const folder = () => join(home.folder, 'disk')

  it('that the owner chose and that is not there is named, and nothing is made in its place', async () => {
    await open()
    const changed = await connection.call('backups.change', { folder: folder() })
    expect(changed).toMatchObject({ value: { folderProblem: { code: 'BACKUP_FOLDER_MISSING' } } })
    const job = await backedUp(connection)
    expect(job.problem).toMatchObject({ code: 'BACKUP_FOLDER_MISSING', params: { path: folder() } })
    expect(existsSync(folder())).toBe(false)
    expect(host.stderr).toContain(folder())
    expect(existsSync(join(home.hostDir, 'backups'))).toBe(false)
  })

  it('keeps the newest that this host made, whatever else lies there', async () => {
    await open()
    mkdirSync(folder())
    // Another machine's, one of a clock that ran ahead, and what only shares the folder.
    const others = ['moltbot-20200101-033000.tar.gz.age', 'moltbot-20990101-033000.tar.gz.age', 'notes.txt']
    for (const name of others) writeFileSync(join(folder(), name), 'x')
    await connection.call('backups.change', { folder: folder(), keep: 2 })
    const made = []
    for (let count = 0; count < 3; count += 1) made.push(created((await backedUp(connection)).result))
    const paths = made.map(({ path }) => path)
    expect(made.map(({ deleted }) => deleted)).toEqual([[], [], paths.slice(0, 1)])
    const left = [...others, ...paths.slice(1).map((path) => path.slice(folder().length + 1))]
    expect(readdirSync(folder()).sort()).toEqual(left.sort())
    expect(await connection.call('backups.delete', { name: '../disk/notes.txt' })).toMatchObject({
      code: 'BACKUP_NOT_OURS',
    })
    const [first = ''] = others
    expect(await connection.call('backups.delete', { name: first })).toMatchObject({ ok: true })
    expect(readdirSync(folder())).not.toContain(first)
  })
})

describe('a host that leaves while a backup is made', () => {
  it('cancels it and leaves nothing of it behind', async () => {
    await open()
    write('media/large.bin', 'x'.repeat(30_000_000))
    const begun = await connection.call('backups.create', {})
    expect(begun.ok).toBe(true)
    expect(await host.leave()).toBe(0)
    const left = existsSync(join(home.hostDir, 'backups')) ? readdirSync(join(home.hostDir, 'backups')) : []
    expect(left.filter((name) => name.includes('partial'))).toEqual([])
    const work = join(home.hostDir, 'backup-work')
    expect(existsSync(work) ? readdirSync(work) : []).toEqual([])
  })
})
