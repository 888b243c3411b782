import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findCopies, findHostData } from '../../../../../gateway/cli/uninstall/find-host-data.ts'
import type { Removable } from '../../../../../gateway/cli/uninstall/removable.ts'
import { resolveStatePaths } from '../../../../../host/config/state-paths.ts'
import { resolveHostPaths } from '../../../../../host/host-paths.ts'

let base = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-data-'))
  mkdirSync(join(base, 'elsewhere/gateways/a'), { recursive: true })
  mkdirSync(join(base, 'elsewhere/runtime'))
  for (const name of ['settings.json', 'theirs.json']) writeFileSync(join(base, 'elsewhere', name), '{}')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

async function removeAll(hostDir: string): Promise<Removable[]> {
  const env = { MOLTBOT_HOST_DIR: `${base}/${hostDir}` }
  const ground = {
    env,
    home: base,
    platform: 'linux' as const,
    uid: process.getuid?.() ?? -1,
    hostPaths: resolveHostPaths(env, base, 'linux'),
    statePaths: resolveStatePaths(env, base),
    wishes: { state: false, backups: false, secrets: false },
  }
  const found = [...(await findHostData(ground)), ...(await findCopies(ground))]
  for (const { kept, remove } of found) if (kept === null) expect(await remove()).toBeNull()
  return found
}

const there = (...names: string[]) => names.filter((name) => existsSync(join(base, 'elsewhere', name)))

it('takes what the host keeps, and leaves what it does not know', async () => {
  await removeAll('elsewhere')
  expect(there('settings.json', 'gateways', 'runtime', 'theirs.json')).toEqual(['theirs.json'])
})

it('follows no link that stands for the whole folder', async () => {
  symlinkSync('elsewhere', join(base, 'host'))
  for (const path of ['host', 'host/']) {
    expect(await removeAll(path)).toMatchObject([{ kept: expect.stringContaining('link') }])
  }
  expect(there('settings.json', 'gateways', 'runtime')).toHaveLength(3)
})
