import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { describeOnOwnMachine, OwnMachine } from './own-machine.ts'

const manualsScript = `#!/bin/bash
# backup-moltbot.sh

BACKUP_DIR="/backup/moltbot/$(date +%Y%m%d)"
mkdir -p "$BACKUP_DIR"

# 备份关键数据
tar -czf "$BACKUP_DIR/clawdbot.tar.gz" \\
  ~/.clawdbot/moltbot.json \\
  ~/.clawdbot/credentials/ \\
  ~/.clawdbot/agents/

# 保留最近 7 天
find /backup/moltbot -maxdepth 1 -mtime +7 -type d -exec rm -rf {} \\;
`

/** What the manual's table says is to be backed up, with something in each. */
const state = {
  'credentials/whatsapp/default/creds.json': '{"me":{"id":"4915550000001@s.whatsapp.net"}}',
  'credentials/oauth.json': '{"anthropic":{"refresh":"c4nary-oauth"}}',
  'agents/main/sessions/s1.jsonl': '{"type":"session"}\n',
  'sessions/legacy.jsonl': '{"type":"session","old":true}\n',
}

describeOnOwnMachine("the manual's backup, restore and rollback", () => {
  let machine: OwnMachine
  beforeAll(async () => {
    machine = await OwnMachine.start()
    machine.spawn('exec moltbot host --no-open')
    await until(() => machine.listensOn(18789), 'the gateway')
    for (const [path, text] of Object.entries(state)) await put(path, text)
  })
  afterAll(() => machine.end())

  const inState = (path: string) => machine.path(`/root/.clawdbot/${path}`)
  const put = async (path: string, text: string) => {
    await machine.run(`mkdir -p "$(dirname .clawdbot/${path})"`)
    writeFileSync(inState(path), text)
  }
  const out = async (line: string) => {
    const { code, stdout, stderr } = await machine.run(line)
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' })
    return stdout
  }
  /** Every byte that the manual wants kept, and the configuration. */
  const digest = (left: readonly string[] = []) => {
    const hash = createHash('sha256')
    for (const path of ['moltbot.json', ...Object.keys(state)]) {
      if (!left.includes(path)) hash.update(existsSync(inState(path)) ? readFileSync(inState(path)) : '–')
    }
    return hash.digest('hex')
  }
  const healthy = async () => (await machine.run('moltbot health')).code === 0

  it('M55 M56 M57 M58 M59: our backup has every path of the table, and gives each back', async () => {
    const before = digest()
    await out('moltbot backup create --to /backup')
    for (const path of Object.keys(state)) await put(path, 'damaged')
    await put('moltbot.json', `${readFileSync(inState('moltbot.json'), 'utf8')}// changed\n`)
    expect(digest()).not.toBe(before)
    const [name] = readdirSync(machine.path('/backup')).filter((one) => one.endsWith('.age'))
    await out(`moltbot backup restore /backup/${name} --yes`)
    expect(digest()).toBe(before)
    expect(await healthy()).toBe(true)
  })

  it('M60 M61: the script makes its archive and drops what is older than seven days', async () => {
    writeFileSync(machine.path('/root/backup-moltbot.sh'), manualsScript)
    await machine.run('mkdir -p /backup/moltbot/20260101 /backup/moltbot/20260107')
    await machine.run("touch -d '9 days ago' /backup/moltbot/20260101")
    expect((await machine.run('bash backup-moltbot.sh')).code).toBe(0)
    const day = (await out('date +%Y%m%d')).trim()
    expect(readdirSync(machine.path('/backup/moltbot')).sort()).toEqual(['20260107', day].sort())
    expect(await out(`tar -tzf /backup/moltbot/${day}/clawdbot.tar.gz`)).toContain('credentials/oauth.json')
    await machine.run(`mv /backup/moltbot/${day} /backup/moltbot/20260130`)
  })

  it('M62 M63: stop, unpack, doctor, start: tar alone does not put the state back, and restore does', async () => {
    const kept = digest(['sessions/legacy.jsonl'])
    await put('credentials/oauth.json', 'damaged')
    await out('moltbot service stop')
    await out('tar -xzf /backup/moltbot/20260130/clawdbot.tar.gz -C ~/')
    // tar has taken the leading "/" away, so that all of it lies one home further down.
    expect(readFileSync(machine.path('/root/root/.clawdbot/credentials/oauth.json'), 'utf8')).toContain(
      'c4nary',
    )
    expect(readFileSync(inState('credentials/oauth.json'), 'utf8')).toBe('damaged')

    await out('moltbot backup restore /backup/moltbot/20260130/clawdbot.tar.gz --yes')
    expect(digest(['sessions/legacy.jsonl'])).toBe(kept)
    await out('moltbot doctor --fix')
    expect(lstatSync(inState('credentials/oauth.json')).mode & 0o077).toBe(0)
    await out('moltbot service start')
    expect(machine.listensOn(18789)).toBe(true)
    expect(await healthy()).toBe(true)
  })

  it('M67 M72: the copy of the configuration stays the one that was made, and is good to go back to', async () => {
    const before = readFileSync(inState('moltbot.json'), 'utf8')
    await out('cp ~/.clawdbot/moltbot.json ~/.clawdbot/moltbot.json.bak')
    for (const level of ['debug', 'trace', 'warn'])
      await machine.run(`moltbot config set logging.level ${level}`)
    expect(readFileSync(inState('moltbot.json'), 'utf8')).toMatch(/level: ?"warn"/)
    expect(readFileSync(inState('moltbot.json.bak'), 'utf8')).toBe(before)
    await out('cp ~/.clawdbot/moltbot.json.bak ~/.clawdbot/moltbot.json')
    expect(readFileSync(inState('moltbot.json'), 'utf8')).toBe(before)
    const unset = await machine.run('moltbot config get logging.level')
    expect(unset).toMatchObject({ code: 1, stdout: '' })
    await out('moltbot service restart')
    expect(await healthy()).toBe(true)
  })
})
