import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manifestName, writeManifest } from '../../../../shared/release-manifest.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import {
  type Answer,
  aManifest,
  aProgram,
  ownTarget,
  sha512,
  signature,
  TestFeed,
} from '../../../fixtures/release-feed.ts'
import { AppImageHome } from './app-image-home.ts'

const offered = aProgram('1.1.0')
let feed: TestFeed
let home: AppImageHome
beforeEach(async () => {
  feed = await TestFeed.open()
  home = new AppImageHome()
})
afterEach(async () => {
  home.remove()
  await feed.close()
})
const stays = () => {
  expect(home.inPlace()).toBe(sha512(home.old))
  expect(home.order).toEqual([])
}

describe('an AppImage is replaced', () => {
  it('by a release that is signed, whole and newer, once the host has stopped', async () => {
    feed.publish(offered)
    const updater = home.updater(feed)
    const found = await updater.check('stable')
    expect(found).toMatchObject({
      ok: true,
      offer: { version: '1.1.0', bytes: offered.length, notes: 'Starts in half the time.' },
    })
    const seen: number[] = []
    const got = await updater.download((done) => seen.push(done), new AbortController().signal)
    expect(got).toEqual({ ok: true, bytes: offered.length })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect([seen[0], seen.at(-1)]).toEqual([0, offered.length])
    expect(home.inPlace()).toBe(sha512(home.old))
    expect(await updater.installNow()).toBeNull()
    expect(home.order).toEqual(['host stopped', 'lock released', 'quit'])
    expect(home.inPlace()).toBe(sha512(offered))
    expect(home.run()).toBe('1.1.0')
    // The new version looks, finds nothing newer, and tidies up, also after an installation that was cut off.
    writeFileSync(join(home.folder, '.Moltbot Desktop.AppImage.moltbot-new'), 'half')
    expect(await home.update(home.updater(feed, '1.1.0'))).toBe('nothing newer')
    expect(home.leftovers()).toEqual([])
  })

  it('and the new version looks for programs nowhere in the mount of the old one, which anybody could make anew', async () => {
    const saw = join(home.folder, 'saw')
    feed.publish(Buffer.from(`#!/bin/sh\nenv > '${saw}.new' && mv '${saw}.new' '${saw}'\n`))
    await home.update(home.updater(feed))
    await until(() => existsSync(saw), 'the new version')
    const seen = readFileSync(saw, 'utf8')
    expect(seen).toContain(`PATH=${process.env.PATH}\n`)
    expect(seen).toContain('XDG_DATA_DIRS=/usr/share/\n')
    expect(seen).not.toContain('.mount_old')
  })

  it('when the owner quits, if that was asked for, and not when it was taken back', async () => {
    feed.publish(offered)
    const updater = home.updater(feed)
    await updater.check('stable')
    await updater.download(() => {}, new AbortController().signal)
    updater.installOnQuit(true)
    updater.installOnQuit(false)
    expect(home.onQuit).toBeNull()
    updater.installOnQuit(true)
    stays()
    await home.onQuit?.()
    expect(home.inPlace()).toBe(sha512(offered))
  })

  it('by what was downloaded before the application was started again, without another download', async () => {
    feed.publish(offered)
    const updater = home.updater(feed)
    await updater.check('stable')
    await updater.download(() => {}, new AbortController().signal)
    const downloads = () => feed.asked.filter((path) => path.endsWith('.AppImage')).length
    expect(downloads()).toBe(1)
    expect(await home.update(home.updater(feed))).toBe('installed 1.1.0')
    expect(downloads()).toBe(1)
  })

  it('by a beta only on its channel', async () => {
    const beta = aProgram('1.2.0-beta.2')
    const target = { ...ownTarget, channel: 'beta' as const }
    feed.publish(beta, { version: '1.2.0-beta.2', channel: 'beta' }, { target })
    feed.publish(home.old, { version: '1.0.0' })
    expect(await home.update(home.updater(feed))).toBe('nothing newer')
    expect(await home.update(home.updater(feed), 'beta')).toBe('installed 1.2.0-beta.2')
    // Back on the stable channel, which is behind: nothing to refuse, nothing to offer.
    expect(await home.update(home.updater(feed, '1.2.0-beta.2'))).toBe('nothing newer')
  })
})

describe('nothing is looked at', () => {
  it('without a signature, or with one of another key', async () => {
    feed.publish(offered)
    const name = `${manifestName(ownTarget)}.sig`
    for (const wrong of [
      '',
      'none\n',
      signature(writeManifest(aManifest(offered)), generateKeyPairSync('ed25519').privateKey),
      signature(randomBytes(64), feed.keys.privateKey),
    ]) {
      feed.serve(name, wrong)
      expect(await home.update(home.updater(feed)), wrong).toBe('UPDATE_SIGNATURE')
    }
    feed.serve(name, (_request, response) => void response.writeHead(404).end())
    expect(await home.update(home.updater(feed))).toBe('UPDATE_SIGNATURE')
    stays()
    expect(feed.asked.filter((path) => path.endsWith('.AppImage'))).toEqual([])
  })

  it('that is not the very text that was signed', async () => {
    const text = writeManifest(feed.publish(offered))
    feed.serve(manifestName(ownTarget), JSON.stringify(JSON.parse(text)))
    expect(await home.update(home.updater(feed))).toBe('UPDATE_SIGNATURE')
    stays()
  })

  it.each<[string, (text: string) => string]>([
    ['a key twice', (text) => text.replace('"counter"', '"version": "9.9.9",\n  "counter"')],
    ['a key of its own', (text) => text.replace('"counter"', '"run": "rm",\n  "counter"')],
    ['another form', (text) => text.replaceAll('\n', '\r\n')],
    ['a quote in the name of its file', (text) => text.replace('moltbot-desktop-1.1.0', "a';id;'")],
    ['dots in the name of its file', (text) => text.replace('moltbot-desktop-1.1.0', '../../bin/sh')],
    ['a digest in hex', (text) => text.replace(/"sha512": ".*"/, `"sha512": "${'ab'.repeat(64)}"`)],
    ['an address that is no https', (text) => text.replace('https://example', 'file://example')],
    ['no JSON', () => 'version: 1.1.0'],
  ])('with %s, though it is signed', async (_name, change) => {
    feed.say(change(writeManifest(feed.publish(offered))))
    expect(await home.update(home.updater(feed))).toBe('UPDATE_FEED_INVALID')
    stays()
  })
})

describe('what is signed is refused', () => {
  const other = ownTarget.platform === 'linux' ? 'darwin' : 'linux'
  it.each([
    ['for another platform', { platform: other }],
    ['for another processor', { arch: ownTarget.arch === 'x64' ? 'arm64' : 'x64' }],
    ['of another channel', { channel: 'beta' }],
    ['for another kind of package', { package: 'deb' }],
    ['as a pre-release on the stable channel', { version: '1.1.0-rc.1' }],
  ] as const)('%s', async (_name, change) => {
    feed.publish(offered, change)
    expect(await home.update(home.updater(feed))).toBe('UPDATE_FEED_INVALID')
    stays()
  })

  it.each([
    ['1.0.0', '0.9.9', 'UPDATE_DOWNGRADE'],
    ['1.10.0', '1.9.0', 'UPDATE_DOWNGRADE'],
    ['1.0.0', '1.0.0', 'nothing newer'],
    ['1.0.0', '1.0.0+build.9', 'nothing newer'],
  ])('over %s: %s', async (current, version, expected) => {
    feed.publish(offered, { version })
    expect(await home.update(home.updater(feed, current))).toBe(expected)
    stays()
  })

  it('as a pre-release of what runs, which looks newer to who compares words', async () => {
    const target = { ...ownTarget, channel: 'beta' as const }
    feed.publish(offered, { version: '1.0.0-zeta.9', channel: 'beta' }, { target })
    expect(await home.update(home.updater(feed), 'beta')).toBe('UPDATE_DOWNGRADE')
    stays()
  })

  it('where a newer manifest was seen, also by an earlier run', async () => {
    feed.publish(home.old, { version: '1.0.0', counter: 9 })
    expect(await home.update(home.updater(feed))).toBe('nothing newer')
    feed.publish(offered, { counter: 8 })
    expect(await home.update(home.updater(feed))).toBe('UPDATE_FEED_STALE')
    stays()
    feed.publish(offered, { counter: 9 })
    expect(await home.update(home.updater(feed))).toBe('installed 1.1.0')
  })

  it('after its day, or before it was made', async () => {
    const { expiresAt } = feed.publish(offered)
    home.now = Date.parse(expiresAt)
    expect(await home.update(home.updater(feed))).toBe('UPDATE_FEED_STALE')
    home.now = Date.now() - 10 * 86_400_000
    expect(await home.update(home.updater(feed))).toBe('UPDATE_FEED_STALE')
    stays()
  })

  it('where this version is too old for it', async () => {
    feed.publish(offered, { minimumVersion: '1.0.5' })
    expect(await home.update(home.updater(feed))).toBe('UPDATE_TOO_OLD')
    stays()
    expect(await home.update(home.updater(feed, '1.0.5'))).toBe('installed 1.1.0')
  })
})

describe('the manifest of a server that', () => {
  const stalls: Answer = (_request, response) => void response.writeHead(200).flushHeaders()
  const endless: Answer = (_request, response) => {
    const more = () => {
      while (response.write(' '.repeat(16_384)));
    }
    response.on('drain', more)
    more()
  }
  const drips: Answer = (_request, response) => {
    const timer = setInterval(() => response.write(' '), 100)
    response.on('close', () => clearInterval(timer))
  }
  it.each<[string, Answer, string]>([
    ['says nothing', () => {}, 'UPDATE_FEED_UNREACHABLE'],
    ['stalls', stalls, 'UPDATE_FEED_UNREACHABLE'],
    ['drips', drips, 'UPDATE_FEED_UNREACHABLE'],
    ['never ends', endless, 'UPDATE_FEED_INVALID'],
    ['hangs up', (request) => void request.socket.destroy(), 'UPDATE_FEED_UNREACHABLE'],
    ['has none', (_request, response) => void response.writeHead(404).end(), 'UPDATE_FEED_UNREACHABLE'],
  ])('%s is given up', async (_name, answer, code) => {
    feed.publish(offered)
    feed.serve(manifestName(ownTarget), answer)
    const began = performance.now()
    expect(await home.update(home.updater(feed))).toBe(code)
    expect(performance.now() - began).toBeLessThan(5_000)
    stays()
  })

  it('leads elsewhere is not followed, within its own origin it is', async () => {
    const text = writeManifest(feed.publish(offered))
    const asked: string[] = []
    const stranger = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end(text)
    })
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done))
    const { port } = stranger.address() as AddressInfo
    const lead = (to: string) =>
      feed.serve(manifestName(ownTarget), (_request, response) => {
        response.writeHead(302, { location: to }).end()
      })
    for (const to of [`http://127.0.0.1:${port}/feed/x`, 'file:///etc/passwd', manifestName(ownTarget)]) {
      lead(to)
      expect(await home.update(home.updater(feed)), to).toBe('UPDATE_FEED_INVALID')
    }
    expect(asked).toEqual([])
    stranger.close()
    stays()
    feed.serve('moved.json', text)
    lead('moved.json')
    expect(await home.update(home.updater(feed))).toBe('installed 1.1.0')
  })
})

describe('a download', () => {
  const half = offered.subarray(0, offered.length / 2)
  const flipped = Buffer.from(offered)
  flipped.writeUInt8(flipped.readUInt8(400_000) ^ 1, 400_000)
  const larger = Buffer.concat([offered, randomBytes(50_000)])
  const name = aManifest(offered).file.name
  it.each<[string, Answer | Buffer]>([
    ['corrupt', flipped],
    ['truncated', half],
    ['larger than declared', larger],
    [
      'larger, and silent about it',
      (_request, response) => {
        response.write(offered)
        const more = () => {
          while (response.write(Buffer.alloc(65_536)));
        }
        response.on('drain', more)
        more()
      },
    ],
    [
      'cut off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': offered.length })
        response.write(half, () => response.destroy())
      },
    ],
    ['stalled', (_request, response) => void response.write(half)],
    [
      'led to another server',
      (_request, response) => {
        response.writeHead(301, { location: 'http://127.0.0.2:9/x' }).end()
      },
    ],
    ['refused', (_request, response) => void response.writeHead(503).end()],
  ])('that is %s leaves the old version and no byte behind', async (_name, answer) => {
    feed.publish(offered)
    feed.serve(name, answer)
    const updater = home.updater(feed)
    expect(await home.update(updater)).toBe('UPDATE_DOWNLOAD_FAILED')
    expect(home.leftovers()).toEqual([])
    stays()
    // And it can be had after all.
    feed.serve(name, offered)
    expect(await home.update(updater)).toBe('installed 1.1.0')
    expect(home.inPlace()).toBe(sha512(offered))
  })

  it('is cancelled at once', async () => {
    feed.publish(offered)
    feed.serve(name, (_request, response) => void response.write(half))
    const updater = home.updater(feed)
    await updater.check('stable')
    const cancel = new AbortController()
    const began = performance.now()
    const got = updater.download((done) => done > 0 && cancel.abort(), cancel.signal)
    expect(await got).toMatchObject({ ok: false, code: 'JOB_CANCELLED' })
    expect(performance.now() - began).toBeLessThan(250)
    expect(home.leftovers()).toEqual([])
    stays()
  })
})

describe('between download and installation', () => {
  async function downloaded() {
    feed.publish(offered)
    const updater = home.updater(feed)
    await updater.check('stable')
    await updater.download(() => {}, new AbortController().signal)
    return { updater, path: join(home.folder, 'updates', 'pending', aManifest(offered).file.name) }
  }

  it('another file in its place is not installed, and the host is not stopped for it', async () => {
    const { updater, path } = await downloaded()
    const evil = aProgram('evil', offered.length)
    writeFileSync(path, evil)
    expect(await updater.installNow()).toMatchObject({ code: 'UPDATE_INSTALL_FAILED' })
    const elsewhere = join(home.folder, 'elsewhere')
    writeFileSync(elsewhere, offered)
    rmSync(path)
    symlinkSync(elsewhere, path)
    expect(await updater.installNow()).toMatchObject({ code: 'UPDATE_INSTALL_FAILED' })
    expect(home.leftovers().filter((left) => left.includes('.moltbot-new'))).toEqual([])
    stays()
  })

  it('a quit that is under way is not turned into an installation', async () => {
    const { updater } = await downloaded()
    home.isLeaving = true
    expect(await updater.installNow()).toMatchObject({ code: 'HOST_LEAVING' })
    expect(home.leftovers().filter((left) => left.includes('.moltbot-new'))).toEqual([])
    stays()
  })

  it('what fails with nobody to tell is told by the next start, once', async () => {
    const { updater, path } = await downloaded()
    updater.installOnQuit(true)
    rmSync(path)
    await home.onQuit?.()
    expect(home.inPlace()).toBe(sha512(home.old))
    expect(home.updater(feed).former).toMatchObject({
      code: 'UPDATE_INSTALL_FAILED',
      params: { version: '1.1.0', detail: expect.stringContaining('ENOENT') },
    })
    expect(home.updater(feed).former).toBeNull()
    expect(readFileSync(home.appImage).equals(home.old)).toBe(true)
  })
})
