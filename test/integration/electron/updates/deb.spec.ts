import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { debPackage } from '../../../../electron/updates/deb-package.ts'
import { SelfUpdater } from '../../../../electron/updates/self-updater.ts'
import { aProgram, ownTarget, sha512, TestFeed } from '../../../fixtures/release-feed.ts'

const deb = aProgram('1.1.0', 200_000)
const target = { ...ownTarget, package: 'deb' as const }
const usualPath = process.env.PATH
let folder: string
let feed: TestFeed
let order: string[]
let onQuit: (() => Promise<void>) | null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'moltbot-deb-'))
  feed = await TestFeed.open()
  order = []
  onQuit = null
  const file = { name: 'moltbot-desktop-1.1.0-linux.deb', bytes: deb.length, sha512: sha512(deb) }
  feed.publish(deb, { package: 'deb', file }, { target })
  mkdirSync(join(folder, 'bin'))
  // What electron-updater calls, none of which may be the real one.
  program('pkexec', 'shift; exec "$@"')
  program('dpkg', `[ "$1" = -i ] && cp "$2" '${join(folder, 'installed')}'`)
  program('apt-get', 'exit 1')
  process.env.PATH = `${join(folder, 'bin')}:/usr/bin:/bin`
  // Root is asked for no password.
  vi.spyOn(process, 'getuid').mockReturnValue(1000)
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.env.PATH = usualPath
  await feed.close()
  rmSync(folder, { recursive: true, force: true })
})

function program(name: string, script: string): void {
  const path = join(folder, 'bin', name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}

function updaterIn(name: string): SelfUpdater {
  const own = join(folder, name)
  const say = (word: string) => () => void order.push(word)
  return new SelfUpdater({
    settings: { feed: feed.url, publicKey: feed.keys.publicKey, package: 'deb' },
    current: '1.0.0',
    folder: own,
    fetch,
    now: Date.now,
    leaving: {
      handOver(install) {
        order.push('host stopped')
        install()
        return true
      },
      installOnQuit(install) {
        onQuit = install
      },
    },
    quit: say('quit'),
    packageOf: async (source) =>
      debPackage({ source, folder: own, version: '1.0.0', quit: say('quit'), relaunch: say('relaunch') }),
  })
}

async function downloaded(name = 'updates'): Promise<SelfUpdater> {
  const updater = updaterIn(name)
  expect(await updater.check('stable')).toMatchObject({ ok: true, offer: { version: '1.1.0' } })
  expect(await updater.download(() => {}, new AbortController().signal)).toMatchObject({ ok: true })
  return updater
}

it('dpkg is given the verified package after the host has stopped, and the new version opens', async () => {
  const updater = await downloaded()
  expect(await updater.installNow()).toBeNull()
  expect(order).toEqual(['host stopped', 'relaunch', 'quit'])
  expect(readFileSync(join(folder, 'installed')).equals(deb)).toBe(true)
})

it('a package that was exchanged since is not given to anybody', async () => {
  const updater = await downloaded()
  const path = join(folder, 'updates/pending/moltbot-desktop-1.1.0-linux.deb')
  writeFileSync(path, aProgram('evil', deb.length))
  expect(await updater.installNow()).toMatchObject({ code: 'UPDATE_INSTALL_FAILED' })
  expect([order, existsSync(join(folder, 'installed'))]).toEqual([[], false])
})

it('where dpkg fails the former version opens again, and says why', async () => {
  program('dpkg', 'exit 2')
  const updater = await downloaded()
  await updater.installNow()
  expect(order).toEqual(['host stopped', 'relaunch', 'quit'])
  expect(updaterIn('updates').former).toMatchObject({
    code: 'UPDATE_INSTALL_FAILED',
    params: { version: '1.1.0' },
  })
})

it('where apt-get mends what dpkg refused, that alone is no installation', async () => {
  const asked = join(folder, 'asked')
  program('pkexec', `echo password >> '${asked}'; shift; exec "$@"`)
  program('dpkg', 'exit 1')
  program('apt-get', `echo "$@" >> '${asked}'`)
  const updater = await downloaded()
  await updater.installNow()
  expect(updaterIn('updates').former).toMatchObject({ code: 'UPDATE_INSTALL_FAILED' })
  // It could mend by taking the application away.
  expect(readFileSync(asked, 'utf8')).toBe('password\ninstall -f -y --no-remove\n')
})

it('where something that the new version needs was missing, it is fetched, and the version installed', async () => {
  program('apt-get', `touch '${join(folder, 'mended')}'`)
  program('dpkg', `[ -e '${join(folder, 'mended')}' ] && cp "$2" '${join(folder, 'installed')}'`)
  const updater = await downloaded()
  await updater.installNow()
  expect([order, updaterIn('updates').former]).toEqual([['host stopped', 'relaunch', 'quit'], null])
  expect(readFileSync(join(folder, 'installed')).equals(deb)).toBe(true)
})

it('at a quit it is installed, and not opened', async () => {
  const updater = await downloaded()
  updater.installOnQuit(true)
  await onQuit?.()
  expect(order).toEqual([])
  expect(readFileSync(join(folder, 'installed')).equals(deb)).toBe(true)
})

it('a folder whose name a shell would misread is refused before anything stops', async () => {
  const updater = await downloaded("o'brien")
  expect(await updater.installNow()).toMatchObject({ code: 'UPDATE_INSTALL_FAILED' })
  expect(order).toEqual([])
})
