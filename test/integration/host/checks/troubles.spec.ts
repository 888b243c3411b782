// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { stateLockPath } from '../../../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import type { FindingLevel } from '../../../../shared/checks.ts'
import { type CheckHome, changesIn, healthyHomes, treeOf, troubleIn } from '../../../fixtures/check-home.ts'

const home = healthyHomes()
const uid = process.getuid?.() ?? -1
const table = openProcessTable()
const isRoot = uid === 0
const opened: Server[] = []
const started: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => new Promise((done) => server.close(done))))
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

interface Trouble {
  readonly what: string
  inject(at: CheckHome): void | Promise<void>
  readonly kind?: 'doctor' | 'audit'
  readonly code: string
  readonly level: FindingLevel
  /** Some of the facts, and some of the evidence. */
  facts?(at: CheckHome): Record<string, unknown>
  evidence?(at: CheckHome): string[]
  /** What mending changes below the home, by name; without it nothing may change and the finding stays. */
  readonly mends?: readonly string[]
  /** What must not be said beside it. */
  readonly without?: readonly string[]
}

const write = (at: CheckHome, config: string) => writeFileSync(at.configPath, config)
const edit = (at: CheckHome, from: string, to: string) =>
  write(at, readFileSync(at.configPath, 'utf8').replace(from, to))
const secret = 'c4nary-0123456789-abcdefghijklmnop'

function lockOf(at: CheckHome): string {
  const path = stateLockPath(at.configPath, at.tmpDir, uid)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return path
}
const lockName = (at: CheckHome) => lockOf(at).slice(at.base.length + 1)
const writeLock = (at: CheckHome, pid: number, createdAt: number, startTime?: number) =>
  writeFileSync(
    lockOf(at),
    JSON.stringify({
      pid,
      createdAt: new Date(createdAt).toISOString(),
      configPath: at.configPath,
      startTime,
    }),
  )

async function listenOn(port: number, host = '127.0.0.1'): Promise<number> {
  const server = createServer()
  opened.push(server)
  await new Promise<void>((done) => server.listen(port, host, done))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function writeUnit(at: CheckHome, name: string, lines: string): string {
  const folder = join(at.base, '.config/systemd/user')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), lines)
  return join(folder, name)
}

const troubles: readonly Trouble[] = [
  {
    what: 'a configuration that cannot be parsed',
    inject: (at) => edit(at, 'mode: "local",', 'mode: "local" "remote",'),
    code: 'configSyntax',
    level: 'critical',
    facts: (at) => ({ path: at.configPath, line: 4, column: 19 }),
  },
  {
    what: 'a value that does not fit',
    inject: (at) => edit(at, 'port: 1,', 'port: "often",'),
    code: 'configInvalid',
    level: 'critical',
    facts: (at) => ({ path: at.configPath, line: 5, column: 5, key: 'gateway.port' }),
  },
  {
    what: 'a misspelled key',
    inject: (at) => edit(at, 'port: 1,', 'port: 1, tailscal: {},'),
    code: 'configMisspelledKey',
    level: 'critical',
    facts: (at) => ({
      path: at.configPath,
      line: 5,
      key: 'gateway.tailscal',
      suggestion: 'gateway.tailscale',
    }),
  },
  {
    what: 'a token where none is read',
    inject: (at) => edit(at, 'port: 1,', `port: 1, token: "${secret}",`),
    code: 'configMisspelledKey',
    level: 'critical',
    facts: () => ({ key: 'gateway.token', suggestion: 'gateway.auth.token' }),
  },
  {
    what: 'no gateway.mode',
    inject: (at) => edit(at, 'mode: "local", // here', '// none here'),
    code: 'modeUnset',
    level: 'warn',
    mends: ['state/moltbot.json', 'state/moltbot.json.bak.1'],
  },
  {
    what: 'a state folder that is open',
    inject: (at) => chmodSync(at.stateDir, 0o755),
    code: 'stateFolderOpen',
    level: 'warn',
    facts: (at) => ({ path: at.stateDir, mode: '0755' }),
    mends: ['state/'],
  },
  {
    what: 'a state folder that others can write',
    inject: (at) => chmodSync(at.stateDir, 0o777),
    code: 'stateFolderWritable',
    level: 'critical',
    mends: ['state/'],
  },
  {
    what: 'a state folder that is a link',
    inject(at) {
      renameSync(at.stateDir, join(at.base, 'elsewhere'))
      symlinkSync(join(at.base, 'elsewhere'), at.stateDir)
    },
    code: 'stateFolderLink',
    level: 'warn',
    facts: (at) => ({ target: join(at.base, 'elsewhere') }),
  },
  {
    what: 'a configuration that everybody reads',
    inject: (at) => chmodSync(at.configPath, 0o644),
    code: 'configOpen',
    level: 'critical',
    facts: () => ({ mode: '0644' }),
    mends: ['state/moltbot.json'],
  },
  {
    what: 'a .env that everybody reads',
    inject: (at) => chmodSync(join(at.stateDir, '.env'), 0o644),
    code: 'envFileOpen',
    level: 'critical',
    mends: ['state/.env'],
  },
  {
    what: 'credentials and sessions that others read, beside a link out of the folder',
    inject(at) {
      const outside = join(at.base, 'outside')
      writeFileSync(outside, 'x', { mode: 0o644 })
      mkdirSync(join(at.stateDir, 'credentials/whatsapp'), { mode: 0o755 })
      writeFileSync(join(at.stateDir, 'credentials/whatsapp/creds.json'), '{}', { mode: 0o640 })
      symlinkSync(outside, join(at.stateDir, 'credentials/link.json'))
      mkdirSync(join(at.stateDir, 'agents/main/workspace'), { recursive: true, mode: 0o700 })
      writeFileSync(join(at.stateDir, 'agents/main/workspace/notes.md'), 'x', { mode: 0o644 })
      chmodSync(join(at.stateDir, 'credentials/whatsapp'), 0o755)
    },
    code: 'filesOpen',
    level: 'warn',
    evidence: (at) => [
      `0755 ${at.stateDir}/credentials/whatsapp`,
      `0640 ${at.stateDir}/credentials/whatsapp/creds.json`,
    ],
    mends: ['state/credentials/whatsapp/', 'state/credentials/whatsapp/creds.json'],
  },
  {
    what: 'messages that others read, since the state folder lets them in',
    inject(at) {
      chmodSync(at.stateDir, 0o711)
      mkdirSync(join(at.stateDir, 'agents/main/sessions'), { recursive: true, mode: 0o700 })
      writeFileSync(join(at.stateDir, 'agents/main/sessions/a.jsonl'), '{}', { mode: 0o644 })
    },
    code: 'filesOpen',
    level: 'warn',
    evidence: (at) => [`0644 ${at.stateDir}/agents/main/sessions/a.jsonl`],
    mends: ['state/', 'state/agents/main/sessions/a.jsonl'],
  },
  {
    what: 'a second state folder with a configuration',
    inject(at) {
      mkdirSync(join(at.base, '.moltbot'))
      writeFileSync(join(at.base, '.moltbot/moltbot.json'), '{}')
    },
    code: 'twoStateFolders',
    level: 'warn',
    facts: (at) => ({ live: at.stateDir, other: join(at.base, '.moltbot') }),
  },
  {
    what: 'a second configuration',
    inject: (at) => writeFileSync(join(at.stateDir, 'clawdbot.json'), '{}', { mode: 0o600 }),
    code: 'twoConfigs',
    level: 'warn',
  },
  {
    what: 'a port that somebody listens on',
    async inject(at) {
      const port = await listenOn(0)
      edit(at, 'port: 1,', `port: ${port},`)
    },
    code: 'portTaken',
    level: 'critical',
    facts: () => ({
      pid: process.pid,
      program: 'node',
      startedAt: expect.closeTo(Date.now() - performance.now(), -5),
    }),
  },
  {
    what: 'a port in the environment that is none',
    inject: (at) => void Object.assign(at.env, { MOLTBOT_GATEWAY_PORT: 'often' }),
    code: 'portInvalid',
    level: 'critical',
    facts: () => ({ source: 'MOLTBOT_GATEWAY_PORT' }),
  },
  {
    what: 'a lock whose process is gone',
    async inject(at) {
      const child = spawn('true')
      await new Promise((done) => child.once('exit', done))
      writeLock(at, child.pid ?? 0, Date.now() - 60_000, 12)
    },
    code: 'lockStale',
    level: 'warn',
    facts: (at) => ({ path: lockOf(at) }),
    mends: ['*lock'],
  },
  {
    what: 'a lock whose pid another process has now',
    inject(at) {
      const child = spawn('sleep', ['60'])
      started.push(child)
      // The same pid, another start: as the kernel gives pids out again.
      const startTime = Number(table.identify(child.pid ?? 0)?.startTime) - 500
      writeLock(at, child.pid ?? 0, Date.now() - 60_000, startTime)
    },
    code: 'lockReused',
    level: 'warn',
    facts: () => ({ pid: started[0]?.pid, program: 'sleep' }),
    mends: ['*lock'],
  },
  {
    what: 'a folder in the place of the lock',
    inject: (at) => mkdirSync(lockOf(at)),
    code: 'lockStrange',
    level: 'warn',
  },
  {
    what: 'no token',
    inject: (at) => writeFileSync(join(at.stateDir, '.env'), '# none\n'),
    code: 'tokenMissing',
    level: 'critical',
    // The index of the secrets then knows when.
    mends: ['host/secrets.json', 'state/.env'],
  },
  {
    what: 'a token from an example',
    inject: (at) => writeFileSync(join(at.stateDir, '.env'), 'CLAWDBOT_GATEWAY_TOKEN=changeme\n'),
    code: 'tokenGuessable',
    level: 'critical',
    facts: () => ({ source: 'envFile' }),
  },
  {
    what: 'a token that is a script’s accident',
    inject: (at) => writeFileSync(join(at.stateDir, '.env'), 'CLAWDBOT_GATEWAY_TOKEN=undefined\n'),
    code: 'tokenWord',
    level: 'critical',
    facts: () => ({ source: 'envFile' }),
  },
  {
    what: 'an accident of a script in the environment, which is not the configuration’s',
    inject: (at) => void Object.assign(at.env, { CLAWDBOT_GATEWAY_TOKEN: 'undefined' }),
    code: 'tokenWord',
    level: 'critical',
    facts: () => ({ source: 'environment' }),
    without: ['configInvalid'],
  },
  {
    what: 'a short token',
    inject: (at) => writeFileSync(join(at.stateDir, '.env'), 'CLAWDBOT_GATEWAY_TOKEN=c4nary-short\n'),
    code: 'tokenShort',
    level: 'warn',
    facts: () => ({ least: 24 }),
  },
  {
    what: 'a token in the configuration',
    inject: (at) => edit(at, '${CLAWDBOT_GATEWAY_TOKEN}', secret),
    code: 'tokenWritten',
    level: 'warn',
    facts: (at) => ({ path: at.configPath }),
  },
  {
    what: 'two tokens, one in the environment',
    inject: (at) => void Object.assign(at.env, { CLAWDBOT_GATEWAY_TOKEN: secret }),
    code: 'tokensDiffer',
    level: 'warn',
    facts: () => ({ inForce: 'environment', other: 'envFile' }),
  },
  {
    what: 'two tokens, of which the configuration has the one in force',
    inject: (at) => edit(at, '${CLAWDBOT_GATEWAY_TOKEN}', secret),
    code: 'tokensDiffer',
    level: 'warn',
    facts: () => ({ inForce: 'config', other: 'envFile' }),
  },
  {
    what: 'a Node that is gone',
    inject: (at) => void Object.assign(at.parts, { nodePath: join(at.base, 'node') }),
    code: 'nodeMissing',
    level: 'critical',
    facts: (at) => ({ path: join(at.base, 'node') }),
  },
  {
    what: 'a Node that is too old',
    inject(at) {
      const nodePath = join(at.base, 'node')
      writeFileSync(nodePath, '#!/bin/sh\necho v18.19.0\n', { mode: 0o755 })
      Object.assign(at.parts, { nodePath })
    },
    code: 'nodeOld',
    level: 'critical',
    facts: () => ({ version: 'v18.19.0' }),
  },
  {
    what: 'a clock years behind the files',
    inject: (at) => void Object.assign(at.parts, { now: () => Date.UTC(2020, 1, 1) }),
    code: 'clockWrong',
    level: 'warn',
    evidence: (at) => [expect.stringContaining(at.configPath)],
  },
  {
    what: 'a log of gigabytes',
    inject(at) {
      const path = join(at.logDir, logName())
      writeFileSync(path, '', { mode: 0o600 })
      truncateSync(path, 3 * 1024 ** 3)
    },
    code: 'logLarge',
    level: 'warn',
    facts: (at) => ({ path: join(at.logDir, logName()), bytes: 3 * 1024 ** 3 }),
  },
  {
    what: 'a log that grows by hundreds of megabytes an hour',
    inject(at) {
      const path = join(at.logDir, logName())
      writeFileSync(path, '', { mode: 0o600 })
      truncateSync(path, 200 * 1024 ** 2)
      utimesSync(path, new Date(), new Date())
    },
    code: 'logGrows',
    level: 'warn',
  },
  {
    what: 'a log folder that is a link',
    inject(at) {
      renameSync(at.logDir, join(at.base, 'elsewhere'))
      symlinkSync(join(at.base, 'elsewhere'), at.logDir)
    },
    code: 'logFolderUnsafe',
    level: 'warn',
    facts: (at) => ({ path: at.logDir, instead: join(at.stateDir, 'logs') }),
  },
  {
    what: 'a log folder that everybody enters',
    inject: (at) => chmodSync(at.logDir, 0o755),
    code: 'logFolderOpen',
    level: 'warn',
    mends: ['log/'],
  },
  {
    what: 'logs that everybody reads',
    inject: (at) => writeFileSync(join(at.logDir, 'moltbot-2026-01-30.log'), '{}\n', { mode: 0o644 }),
    code: 'logFilesOpen',
    level: 'warn',
    evidence: (at) => [`0644 ${join(at.logDir, 'moltbot-2026-01-30.log')}`],
    mends: ['log/moltbot-2026-01-30.log'],
  },
]

const auditTroubles: readonly Trouble[] = [
  {
    what: 'a configuration of which nothing can be audited',
    inject: (at) => edit(at, 'mode: "local",', 'mode: "local" "remote",'),
    code: 'configSyntax',
    level: 'critical',
  },
  {
    what: 'a bind to the network',
    inject: (at) => edit(at, 'port: 1,', 'port: 1, bind: "lan",'),
    code: 'bindOpen',
    level: 'warn',
    facts: () => ({ bind: 'lan' }),
  },
  {
    what: 'a funnel',
    inject: (at) => edit(at, 'port: 1,', 'port: 1, tailscale: { mode: "funnel" },'),
    code: 'tailscaleFunnel',
    level: 'critical',
  },
  {
    what: 'redaction that is off',
    inject: (at) => edit(at, 'agents:', 'logging: { redactSensitive: "off" /* why */ },\n  agents:'),
    code: 'redactOff',
    level: 'warn',
    mends: ['state/moltbot.json', 'state/moltbot.json.bak.1'],
  },
  {
    what: 'keys in the configuration',
    inject: (at) => edit(at, 'agents:', `channels: { telegram: { botToken: "${secret}" } },\n  agents:`),
    code: 'secretsInConfig',
    level: 'warn',
    facts: () => ({ count: 1 }),
    evidence: (at) => [`${at.configPath}:8:27 channels.telegram.botToken`],
  },
  {
    what: 'keys of another kind in the configuration',
    inject: (at) =>
      edit(
        at,
        'agents:',
        `env: { AWS_SECRET_ACCESS_KEY: "${secret}" }, models: { x: { headers: { Authorization: "Bearer ${secret}" } } },\n  agents:`,
      ),
    code: 'secretsInConfig',
    level: 'warn',
    facts: () => ({ count: 2 }),
  },
  {
    what: 'a password in the configuration',
    inject: (at) => edit(at, 'auth: {', `auth: { password: "${secret}", `),
    code: 'passwordWritten',
    level: 'warn',
  },
  {
    what: 'a channel that is open to all',
    inject: (at) => edit(at, 'agents:', 'channels: { whatsapp: { allowFrom: ["*"] } },\n  agents:'),
    code: 'dmOpen',
    level: 'critical',
    facts: () => ({ channel: 'whatsapp', key: 'channels.whatsapp.allowFrom' }),
  },
  {
    what: 'open groups of one account, with elevated tools',
    inject: (at) =>
      edit(
        at,
        'agents:',
        'tools: { elevated: { enabled: true } }, channels: { telegram: { accounts: { me: { groupPolicy: "open" } } } },\n  agents:',
      ),
    code: 'groupOpenElevated',
    level: 'critical',
    facts: () => ({ key: 'channels.telegram.accounts.me.groupPolicy' }),
  },
  {
    what: 'webhooks with the gateway’s token',
    inject: (at) =>
      edit(at, 'agents:', 'hooks: { enabled: true, token: "${CLAWDBOT_GATEWAY_TOKEN}" },\n  agents:'),
    code: 'hooksTokenReused',
    level: 'warn',
  },
  {
    what: 'a control page without device proof',
    inject: (at) => edit(at, 'port: 1,', 'port: 1, controlUi: { dangerouslyDisableDeviceAuth: true },'),
    code: 'deviceAuthOff',
    level: 'critical',
  },
  {
    what: 'a state folder that Dropbox copies',
    inject(at) {
      mkdirSync(join(at.base, 'Dropbox'))
      renameSync(at.stateDir, join(at.base, 'Dropbox/state'))
      at.env.MOLTBOT_STATE_DIR = join(at.base, 'Dropbox/state')
    },
    code: 'syncedFolder',
    level: 'warn',
    facts: (at) => ({ path: join(at.base, 'Dropbox/state'), service: 'Dropbox' }),
  },
  {
    what: 'archives that anybody can open',
    inject(at) {
      mkdirSync(join(at.hostDir, 'backups/20260130'), { recursive: true })
      writeFileSync(join(at.hostDir, 'backups/20260130/clawdbot.tar.gz'), 'x')
    },
    code: 'plainBackups',
    level: 'warn',
    evidence: (at) => [join(at.hostDir, 'backups/20260130/clawdbot.tar.gz')],
  },
]
const audits = auditTroubles.map((one): Trouble => ({ ...one, kind: 'audit' }))

const units: readonly Trouble[] = [
  {
    what: 'a service whose Node is gone',
    inject: (at) =>
      void writeUnit(
        at,
        'moltbot-gateway.service',
        `[Service]\nExecStart="${at.base}/nvm/node" /x gateway\n`,
      ),
    code: 'serviceNodeGone',
    level: 'critical',
    facts: (at) => ({ program: join(at.base, 'nvm/node') }),
  },
  {
    what: 'a service whose gateway is gone',
    inject: (at) =>
      void writeUnit(
        at,
        'moltbot-gateway.service',
        `[Service]\nExecStart=${process.execPath} ${at.base}/dist/entry.js gateway --port 1\n`,
      ),
    code: 'serviceEntryGone',
    level: 'critical',
  },
  {
    what: 'a service with the token in it',
    inject: (at) =>
      void writeUnit(
        at,
        'moltbot-gateway.service',
        `[Service]\nExecStart=/bin/true\nEnvironment=HOME=${at.base} "CLAWDBOT_GATEWAY_TOKEN=${secret}"\n`,
      ),
    code: 'serviceSecrets',
    level: 'warn',
    facts: () => ({ names: 'CLAWDBOT_GATEWAY_TOKEN' }),
  },
  {
    what: 'a service of an older name',
    inject: (at) => void writeUnit(at, 'clawdbot-gateway.service', '[Service]\nExecStart=/bin/true\n'),
    code: 'serviceLegacy',
    level: 'warn',
  },
]

function logName(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `moltbot-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.log`
}

describe('a healthy home', () => {
  it.each(['doctor', 'audit'] as const)('gives the %s nothing to see to', async (kind) => {
    const at = home()
    const before = treeOf(at.base)
    const report = await at.look({ kind, fix: true, deep: true })
    expect(troubleIn(report)).toEqual([])
    expect(report.mended).toEqual([])
    expect(changesIn(before, treeOf(at.base))).toEqual([])
    // Each check has said something.
    expect(report.findings.filter(({ level }) => level === 'ok').length).toBeGreaterThan(9)
  })

  it.each([
    [
      'channels that are switched off',
      'agents:',
      `channels: {
        whatsapp: { dmPolicy: "disabled", allowFrom: ["*"], groupPolicy: "disabled", groupAllowFrom: ["*"] },
        discord: { dm: { enabled: false, policy: "open", allowFrom: ["*"] } },
      },\n  agents:`,
    ],
    ['an address of this machine alone', 'port: 1,', 'port: 1, bind: "custom", customBindHost: "127.0.0.1",'],
  ])('with %s is no trouble to the audit', async (_, from, to) => {
    const at = home()
    edit(at, from, to)
    expect(troubleIn(await at.look({ kind: 'audit' }))).toEqual([])
  })

  it('with keys that only Moltbot’s own gateway reads is not told to remove them', async () => {
    const at = home()
    const responses = 'responses: { enabled: false, maxBodyBytes: 1000, files: {}, images: {} }'
    edit(
      at,
      'port: 1,',
      `port: 1, nodes: { denyCommands: ["system.run"] }, http: { endpoints: { ${responses} } },`,
    )
    expect(troubleIn(await at.look())).toEqual([])
  })

  it('is one state, also through a link above it', async () => {
    const at = home()
    renameSync(at.stateDir, join(at.base, '.clawdbot'))
    symlinkSync(at.base, join(at.base, 'also'))
    at.env.MOLTBOT_STATE_DIR = join(at.base, 'also/.clawdbot')
    expect(troubleIn(await at.look())).toEqual([])
  })

  it('shields its messages, also where it is reached through a link', async () => {
    const at = home()
    mkdirSync(join(at.stateDir, 'agents/main/sessions'), { recursive: true, mode: 0o700 })
    writeFileSync(join(at.stateDir, 'agents/main/sessions/a.jsonl'), '{}', { mode: 0o644 })
    renameSync(at.stateDir, join(at.base, 'elsewhere'))
    symlinkSync(join(at.base, 'elsewhere'), at.stateDir)
    expect(troubleIn(await at.look()).map(({ code }) => code)).toEqual(['stateFolderLink'])
  })

  it('that is empty gives nothing to see to either, and is made whole', async () => {
    const at = home()
    renameSync(at.stateDir, join(at.base, 'away'))
    expect(troubleIn(await at.look())).toEqual([])
    const mended = await at.look({ fix: true })
    expect(mended.mended.map(({ code, problem }) => [code, problem])).toContainEqual([
      'stateFolderMissing',
      null,
    ])
    expect(troubleIn(mended)).toEqual([])
    expect(lstatSync(at.stateDir).mode & 0o777).toBe(0o700)
    expect(existsSync(at.configPath)).toBe(true)
    expect(await at.look({ fix: true })).toMatchObject({ mended: [] })
  })
})

describe.each([
  ['doctor', troubles],
  ['audit', audits],
  ['doctor, of services', process.platform === 'linux' ? units : []],
] as const)('%s', (_, all) => {
  it.each(all.map((one) => [one.what, one] as const))('names %s', async (_what, trouble) => {
    const at = home()
    await trouble.inject(at)
    const { kind = 'doctor', code, level, mends, without = [] } = trouble
    const before = treeOf(at.base)
    const first = await at.look({ kind })
    const found = first.findings.find((finding) => finding.code === code)
    expect(found, JSON.stringify(troubleIn(first))).toMatchObject({
      level,
      fix: mends ? 'automatic' : 'manual',
    })
    expect(first.findings.filter((finding) => without.includes(finding.code))).toEqual([])
    expect(found?.facts).toMatchObject(trouble.facts?.(at) ?? {})
    expect(found?.evidence).toEqual(expect.arrayContaining(trouble.evidence?.(at) ?? []))
    expect(changesIn(before, treeOf(at.base))).toEqual([])

    const fixed = await at.look({ kind, fix: true })
    const second = mends ? await at.look({ kind }) : fixed
    const changed = changesIn(before, treeOf(at.base))
    if (mends) {
      expect(changed).toEqual(mends.map((name) => (name === '*lock' ? lockName(at) : name)))
      expect(fixed.mended).toContainEqual(expect.objectContaining({ code, problem: null }))
      expect(fixed.mended.filter(({ problem }) => problem)).toEqual([])
      expect(fixed.findings.map((finding) => finding.code)).not.toContain(code)
      expect(troubleIn(second)).toEqual([])
    } else {
      expect(changed).toEqual([])
      expect(second.findings.map((finding) => finding.code)).toContain(code)
    }
    // Neither the value that was put somewhere nor the one that was there.
    expect(JSON.stringify([first, fixed, second])).not.toContain('c4nary')
  })
})

describe('mending', () => {
  it('gives an open gateway a token at least', async () => {
    const at = home()
    edit(at, 'auth: { token: "${CLAWDBOT_GATEWAY_TOKEN}" },', 'bind: "lan",')
    writeFileSync(join(at.stateDir, '.env'), '')
    const codes = async (fix: boolean) =>
      troubleIn(await at.look({ kind: 'audit', fix })).map(({ code }) => code)
    expect(await codes(false)).toEqual(['tokenMissing', 'bindNoAuth'])
    expect(await codes(true)).toEqual(['bindOpen'])
  })

  it('changes one word of a configuration, and keeps its comments', async () => {
    const at = home()
    edit(at, 'mode: "local", // here', '// none here')
    const before = readFileSync(at.configPath, 'utf8')
    await at.look({ fix: true })
    const after = readFileSync(at.configPath, 'utf8')
    expect(after).toContain('mode: "local"')
    expect(after.replace(/\n *mode: "local",/, '')).toBe(before)
  })

  it('never writes a configuration that cannot be read', async () => {
    for (const text of ['{ gateway: { port: ', '\u0000\u0001', '[', '{ gateway: { port: "x" } }']) {
      const at = home()
      write(at, text)
      chmodSync(at.configPath, 0o644)
      for (const kind of ['doctor', 'audit'] as const) await at.look({ kind, fix: true })
      expect(readFileSync(at.configPath, 'utf8')).toBe(text)
      // Its mode is another matter.
      expect(lstatSync(at.configPath).mode & 0o777).toBe(0o600)
    }
  })

  it.runIf(isRoot)('leaves alone what belongs to another user', async () => {
    const at = home()
    const path = join(at.stateDir, 'credentials/theirs.json')
    writeFileSync(path, '{}', { mode: 0o644 })
    chownSync(path, 12_345, 12_345)
    const before = treeOf(at.base)
    const report = await at.look({ fix: true })
    expect(changesIn(before, treeOf(at.base))).toEqual([])
    expect(troubleIn(report)).toMatchObject([
      { code: 'filesForeign', facts: { count: 1, user: 'uid 12345' }, evidence: [`0644 ${path}`] },
    ])
  })

  it.runIf(isRoot)('writes nothing into the state folder of another user, whatever it lacks', async () => {
    const at = home()
    const envFile = join(at.stateDir, '.env')
    writeFileSync(envFile, '# theirs\n')
    edit(at, 'mode: "local", // here', '// none here')
    rmdirSync(join(at.stateDir, 'sessions'))
    for (const path of [at.stateDir, at.configPath, envFile]) chownSync(path, 12_345, 12_345)
    const before = treeOf(at.stateDir)
    const report = await at.look({ fix: true })
    expect(changesIn(before, treeOf(at.stateDir))).toEqual([])
    expect(lstatSync(envFile).uid).toBe(12_345)
    expect(report.mended.filter(({ problem }) => problem === null)).toEqual([])
    expect(troubleIn(report).map(({ code }) => code)).toContain('stateFolderForeign')
  })

  it.runIf(isRoot)('puts no .env of its own in the place of another user’s', async () => {
    const at = home()
    const envFile = join(at.stateDir, '.env')
    writeFileSync(envFile, '# theirs\n')
    chownSync(envFile, 12_345, 12_345)
    const report = await at.look({ fix: true })
    expect(lstatSync(envFile).uid).toBe(12_345)
    expect(readFileSync(envFile, 'utf8')).toBe('# theirs\n')
    expect(report.mended).toMatchObject([{ code: 'tokenMissing', problem: { code: 'MEND_FAILED' } }])
  })

  it('leaves alone what lies where a folder of the state leads to', async () => {
    const at = home()
    const outside = join(at.base, 'outside')
    mkdirSync(outside, { mode: 0o755 })
    writeFileSync(join(outside, 'web.html'), 'x', { mode: 0o644 })
    rmdirSync(join(at.stateDir, 'credentials'))
    symlinkSync(outside, join(at.stateDir, 'credentials'))
    const before = treeOf(at.base)
    const report = await at.look({ fix: true })
    expect(changesIn(before, treeOf(at.base))).toEqual([])
    expect(report.mended).toEqual([])
  })

  it('leaves a lock alone that does not say when it was written, while its process lives', async () => {
    const at = home()
    const child = spawn('sleep', ['60'])
    started.push(child)
    const record = { pid: child.pid, createdAt: 'soon', configPath: at.configPath }
    writeFileSync(lockOf(at), JSON.stringify(record))
    const report = await at.look({ fix: true })
    expect(existsSync(lockOf(at))).toBe(true)
    expect(report.mended).toEqual([])
    expect(troubleIn(report)).toEqual([])
  })

  it('leaves alone a file that has a second name elsewhere', async () => {
    const at = home()
    const { linkSync } = await import('node:fs')
    const outside = join(at.base, 'outside.json')
    writeFileSync(outside, '{}', { mode: 0o644 })
    linkSync(outside, join(at.stateDir, 'credentials/both.json'))
    const report = await at.look({ fix: true })
    expect(lstatSync(outside).mode & 0o777).toBe(0o644)
    expect(report.mended).toMatchObject([{ code: 'filesOpen', problem: { code: 'MEND_FAILED' } }])
    expect(troubleIn(report).map(({ code }) => code)).toEqual(['filesOpen'])
  })

  it('leaves a lock alone that a gateway has taken meanwhile', async () => {
    const at = home()
    writeLock(at, 2 ** 22 - 1, Date.now() - 60_000, 12)
    const report = await at.look()
    const child = spawn('sleep', ['60'])
    started.push(child)
    const living = Number(table.identify(child.pid ?? 0)?.startTime)
    // Between the look and the mending; the folder has a check of its own, which is mended before.
    chmodSync(at.stateDir, 0o755)
    at.parts = {
      table: {
        ...table,
        async describe(pid) {
          if (existsSync(lockOf(at))) writeLock(at, child.pid ?? 0, Date.now(), living)
          return table.describe(pid)
        },
      },
    }
    const fixed = await at.look({ fix: true })
    expect(report.findings.map(({ code }) => code)).toContain('lockStale')
    expect(fixed.mended).toMatchObject([
      { code: 'stateFolderOpen', problem: null },
      { code: 'lockStale', problem: { code: 'MEND_FAILED', params: { detail: 'it has changed meanwhile' } } },
    ])
    expect(JSON.parse(readFileSync(lockOf(at), 'utf8')).pid).toBe(child.pid)
  })

  it('leaves the lock of a living gateway alone', async () => {
    const at = home()
    const child = spawn('sleep', ['60'])
    started.push(child)
    writeLock(at, child.pid ?? 0, Date.now(), Number(table.identify(child.pid ?? 0)?.startTime))
    const report = await at.look({ fix: true })
    expect(existsSync(lockOf(at))).toBe(true)
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'lockElsewhere', level: 'info', fix: null }),
    )
    expect(report.mended).toEqual([])
  })
})
