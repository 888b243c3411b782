import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRemovables } from '../../../../../gateway/cli/uninstall/find-removables.ts'
import { whyStateUnsafe } from '../../../../../gateway/cli/uninstall/find-state.ts'
import { whyNoHostFolder } from '../../../../../gateway/cli/uninstall/host-folder.ts'
import type { UninstallGround, Wishes } from '../../../../../gateway/cli/uninstall/removable.ts'
import { firstBackupRecord } from '../../../../../host/backup/backup-record.ts'
import { resolveStatePaths } from '../../../../../host/config/state-paths.ts'
import { resolveHostPaths } from '../../../../../host/host-paths.ts'

let base = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-stays-'))
  for (const name of ['state', 'host', 'usb', 'log']) mkdirSync(join(base, name))
  write('state/moltbot.json', '{}')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const write = (name: string, text = '') => writeFileSync(join(base, name), text)
const all: Wishes = { state: true, backups: true, secrets: true }
const backupName = 'moltbot-20260130-120000.tar.gz.age'

function ground(wishes: Partial<Wishes>, hostDir = 'host', home = base): UninstallGround {
  const env = {
    MOLTBOT_HOST_DIR: join(base, hostDir),
    MOLTBOT_STATE_DIR: join(base, 'state'),
    MOLTBOT_LOG_DIR: join(base, 'log'),
    MOLTBOT_KEYCHAIN: 'none',
    // Not what is set up once for all profiles.
    CLAWDBOT_PROFILE: 'spec',
  }
  return {
    env,
    home,
    platform: process.platform,
    uid: process.getuid?.() ?? -1,
    hostPaths: resolveHostPaths(env, base, process.platform),
    statePaths: resolveStatePaths(env, base),
    wishes: { state: false, backups: false, secrets: false, ...wishes },
  }
}

async function removeAll(on: UninstallGround): Promise<void> {
  for (const { kept, remove } of await findRemovables(on))
    if (kept === null) expect(await remove()).toBeNull()
}

describe('the key of backups', () => {
  const record = (made: readonly string[], folder: string | null) =>
    write('host/backups.json', JSON.stringify({ ...firstBackupRecord(1), made, folder }))
  beforeEach(() => {
    for (const name of ['host/backup-key.txt', 'host/secrets.age', `usb/${backupName}`]) write(name)
  })

  it.each([
    ['are in a folder of the owner’s', () => record([], join(base, 'usb'))],
    ['were made elsewhere once', () => record([join(base, 'usb', backupName)], null)],
    ['are on a disk that is not plugged in', () => record([join(base, 'unplugged', backupName)], null)],
    ['are where an unreadable record says', () => write('host/backups.json', '{"version": 99}')],
  ])('stays while backups %s, whatever is asked for', async (_, prepare) => {
    prepare()
    await removeAll(ground({ backups: true, secrets: true }))
    expect(readdirSync(join(base, 'host')).sort()).toEqual(['backup-key.txt', 'backups.json', 'secrets.age'])
    expect(await whyStateUnsafe(ground(all))).toBeNull()
  })

  it('goes where none is left elsewhere', async () => {
    record([join(base, 'usb', 'moltbot-20260129-120000.tar.gz.age')], null)
    await removeAll(ground({ backups: true, secrets: true }))
    expect(readdirSync(join(base, 'host'))).toEqual([])
  })
})

describe('a state with more in it', () => {
  it.each([
    ['secrets.age', { backups: true }, 'secrets'],
    ['secrets.json', { backups: true }, 'secrets'],
    ['backup-key.txt', { secrets: true }, 'backups'],
  ] as const)('is refused while %s in it is to stay', async (name, wishes, word) => {
    mkdirSync(join(base, 'state/host'))
    write(`state/host/${name}`)
    expect(await whyStateUnsafe(ground({ state: true, ...wishes }, 'state/host'))).toMatchObject({
      code: 'UNINSTALL_STATE_UNSAFE',
      params: { detail: expect.stringContaining(word) },
    })
    expect(await whyStateUnsafe(ground(all, 'state/host'))).toBeNull()
  })

  it('needs no home that is there', async () => {
    expect(await whyStateUnsafe(ground(all, 'host', join(base, 'nobody')))).toBeNull()
  })
})

describe('the folder of the host', () => {
  it.each([
    ['holds the home', '.'],
    ['has other things in it and nothing of a host', 'Documents'],
  ])('is none where it %s', async (_, name) => {
    mkdirSync(join(base, 'Documents/shell'), { recursive: true })
    write('Documents/letter')
    // A host was started on it once.
    write('timeline.jsonl')
    expect(await whyNoHostFolder(ground({}, name, join(base, 'state')))).toMatchObject({
      code: 'UNINSTALL_HOST_DIR_UNSAFE',
    })
  })

  it('is one by what only a host writes', async () => {
    write('host/letter')
    write('host/timeline.jsonl')
    expect(await whyNoHostFolder(ground({}))).toBeNull()
  })

  it('loses no list of secrets that cannot be read, and keeps its name', async () => {
    write('host/secrets.json', '{"mine": 1}')
    await removeAll(ground({ secrets: true }))
    expect(readdirSync(join(base, 'host'))).toEqual(['secrets.json'])
  })
})
