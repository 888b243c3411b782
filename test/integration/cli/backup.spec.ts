import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processesWith } from '../../fixtures/kernel.ts'
import { filesIn } from '../../fixtures/tree-digest.ts'
import { describeWith } from '../../setup/requirements.ts'
import { freePort, homes, programs } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()

const config = `// mine\n{ gateway: { mode: "local" }, talk: { apiKey: "\${ANTHROPIC_API_KEY}" } }\n`
const key = 'sk-ant-c4nary-0123456789abcdef'

/** A machine of its own, with state unless it is a new one. */
function machine({ isNew = false } = {}) {
  const made = home(isNew ? undefined : config)
  const { CLAWDBOT_GATEWAY_TOKEN: _token, ...env } = made.env
  if (!isNew) {
    writeFileSync(
      join(made.stateDir, '.env'),
      `CLAWDBOT_GATEWAY_TOKEN=${'t'.repeat(40)}\nANTHROPIC_API_KEY=${key}\n`,
    )
    mkdirSync(join(made.stateDir, 'credentials/whatsapp/default'), { recursive: true })
    writeFileSync(join(made.stateDir, 'credentials/whatsapp/default/creds.json'), '{"me":1}')
  }
  const call = async (...args: string[]) => {
    const program = run(['backup', ...args], env)
    const code = await program.exit
    const { stdout, stderr } = program.output()
    return { code, stdout, stderr, json: args.includes('--json') ? JSON.parse(stdout) : null }
  }
  const file = (name: string, text: string) => {
    writeFileSync(join(made.base, name), text, { mode: 0o600 })
    return join(made.base, name)
  }
  return { ...made, env, call, file }
}

describeWith(['procfs'], 'backup, with no host running', () => {
  it('makes one, reads it whole, and restores it on a machine that has only the file and the phrase', async () => {
    const old = machine()
    const phrase = old.file('phrase.txt', 'correct horse battery staple\n')
    const disk = join(old.base, 'disk')
    mkdirSync(disk)
    const before = filesIn(old.stateDir)
    const made = await old.call('create', '--to', disk, '--passphrase-file', phrase, '--json')
    expect(made).toMatchObject({
      code: 0,
      json: { ok: true, verified: true, consistency: 'quiet', pausedMs: 0 },
    })
    expect(readdirSync(disk)).toEqual([made.json.path.slice(disk.length + 1)])
    expect(readFileSync(made.json.path).includes(key)).toBe(false)
    expect(filesIn(old.stateDir)).toEqual(before)

    const wrong = old.file('wrong.txt', 'correct horse battery stable\n')
    expect(await old.call('verify', made.json.path, '--passphrase-file', wrong, '--json')).toMatchObject({
      code: 1,
      json: { code: 'BACKUP_WRONG_PASSPHRASE' },
    })

    const fresh = machine({ isNew: true })
    fresh.env.MOLTBOT_GATEWAY_PORT = String(await freePort())
    const unasked = await fresh.call('restore', made.json.path, '--passphrase-file', phrase)
    expect(unasked).toMatchObject({ code: 1 })
    expect(unasked.stdout).toContain('--yes')
    expect(existsSync(join(fresh.stateDir, 'moltbot.json'))).toBe(false)
    const restored = await fresh.call(
      'restore',
      made.json.path,
      '--passphrase-file',
      phrase,
      '--yes',
      '--json',
    )
    expect(restored).toMatchObject({ code: 0, json: { ok: true, healthy: true } })
    expect(filesIn(fresh.stateDir, ['.moltbot-before-'])).toEqual(before)
    expect(processesWith(fresh.base), 'the gateway that proved it has gone').toEqual([])
  })

  it('leaves the state alone where the file is not what was made', async () => {
    const { call, file, base, stateDir } = machine()
    const { json } = await call('create', '--json')
    const bytes = readFileSync(json.path)
    const at = bytes.length - 40
    bytes[at] = (bytes[at] ?? 0) ^ 1
    const flipped = file('moltbot-flipped.tar.gz.age', '')
    writeFileSync(flipped, bytes)
    const before = filesIn(stateDir)
    for (const [path, code] of [
      [flipped, 'BACKUP_DAMAGED'],
      [file('notes.txt', 'no backup at all'), 'BACKUP_FOREIGN_FILE'],
      [join(base, 'nothing.tar.gz.age'), 'BACKUP_FILE_MISSING'],
    ] as const) {
      expect(await call('restore', path, '--yes', '--json')).toMatchObject({
        code: 1,
        json: { ok: false, code },
      })
    }
    expect(filesIn(stateDir)).toEqual(before)
  })

  it('says what is wrong with its own options, and takes no passphrase from the command line', async () => {
    const { call, file } = machine()
    const empty = file('empty.txt', '\n')
    for (const args of [
      ['create', '--passphrase-file', empty],
      ['create', '--passphrase', 'secret'],
      ['create', '--recipient', 'age1x', '--passphrase-file', empty],
      ['verify'],
      ['verify', 'x', '--identity', '/nonexistent'],
      ['schedule', 'sometimes'],
      ['schedule', 'on', '--at', '24:00'],
      ['schedule', '--keep', '0'],
      ['key', 'recipients'],
      ['key', 'passphrase'],
    ]) {
      expect(await call(...args), args.join(' ')).toMatchObject({ code: 2, stdout: '' })
    }
    expect(await call('create', '--recipient', 'age1nonsense', '--json')).toMatchObject({
      code: 1,
      json: { code: 'BACKUP_RECIPIENT_INVALID' },
    })
  })
})

describeWith(['procfs'], 'backup, through the running host', () => {
  it('a lost machine comes back with only the backup and the recovery sheet', async () => {
    const old = machine()
    const port = String(await freePort())
    const host = run(['host', '--port', '0', '--no-open', '--gateway-port', port], old.env)
    await host.untilOutput('The gateway runs')
    const sheet = join(old.base, 'sheet.txt')
    const made = await old.call('create', '--json')
    expect(made).toMatchObject({ code: 0, json: { verified: true } })
    expect(await old.call('recovery-sheet', '--to', sheet)).toMatchObject({ code: 0 })
    expect(statSync(sheet).mode & 0o777).toBe(0o600)
    expect(await old.call('recovery-sheet', '--to', sheet, '--json')).toMatchObject({
      code: 1,
      json: { code: 'SHEET_EXISTS' },
    })
    const listed = await old.call('list')
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout).toContain(made.json.path.split('/').at(-1))
    expect(listed.stdout).not.toContain('No recovery sheet')
    const files = filesIn(old.stateDir)
    host.child.kill('SIGTERM')
    await host.exit

    const fresh = machine({ isNew: true })
    fresh.env.MOLTBOT_GATEWAY_PORT = String(await freePort())
    const args = ['restore', made.json.path, '--identity', sheet, '--yes', '--json']
    expect(await fresh.call(...args)).toMatchObject({ code: 0, json: { healthy: true } })
    expect(filesIn(fresh.stateDir, ['.moltbot-before-'])).toEqual(files)
  })
})

describeWith(['age'], 'the file', () => {
  it('opens with age and tar alone, by the sheet', async () => {
    const { call, base, stateDir } = machine()
    const sheet = join(base, 'sheet.txt')
    const { json } = await call('create', '--json')
    await call('recovery-sheet', '--to', sheet)
    const opened = join(base, 'opened')
    mkdirSync(opened)
    execFileSync('sh', ['-c', 'age -d -i "$1" "$2" | tar xz -C "$3"', 'sh', sheet, json.path, opened])
    expect(readFileSync(join(opened, 'state/moltbot.json'), 'utf8')).toBe(config)
    expect(filesIn(join(opened, 'state'))).toEqual(filesIn(stateDir))
  })
})

describe('backup schedule', () => {
  it('M04: is on by itself, and keeps what it is told', async () => {
    const { call, base } = machine()
    expect((await call('schedule')).stdout).toContain('Daily at 03:30')
    const folder = join(base, 'elsewhere')
    const changed = await call('schedule', 'on', '--at', '23:45', '--keep', '3', '--folder', folder, '--json')
    expect(changed.json).toMatchObject({ folder, schedule: { enabled: true, at: '23:45', keep: 3 } })
    expect((await call('list')).stderr).toContain(folder)
    const off = await call('schedule', 'off', '--folder', 'default', '--json')
    expect(off.json.schedule).toMatchObject({ enabled: false, at: '23:45', nextAt: null })
  })
})
