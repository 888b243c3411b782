import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { releaseRecord } from '../../../../build/package/release-record.ts'
import { readReleaseSettings } from '../../../../electron/updates/release-settings.ts'

const ed25519 = generateKeyPairSync('ed25519').publicKey
const der = ed25519.export({ format: 'der', type: 'spki' }).toString('base64')
const pem = ed25519.export({ format: 'pem', type: 'spki' }).toString()
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const feed = 'https://downloads.example.org/moltbot'
const env = (MOLTBOT_RELEASE_FEED?: string, MOLTBOT_RELEASE_PUBLIC_KEY?: string) => ({
  MOLTBOT_RELEASE_FEED,
  MOLTBOT_RELEASE_PUBLIC_KEY,
})

describe('what a package asks for newer versions with', () => {
  it('is left out where nothing is set', () => {
    expect(releaseRecord(env(), 'deb')).toBeNull()
  })

  it.each([der, pem])('has the feed, the key and the kind of package', (publicKey) => {
    expect(releaseRecord(env(feed, publicKey), 'deb')).toEqual({ feed, publicKey, package: 'deb' })
  })

  it('is what the application reads', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'moltbot-release-'))
    try {
      const path = join(folder, 'release.json')
      writeFileSync(path, JSON.stringify(releaseRecord(env(feed, der), 'appimage')))
      const read = await readReleaseSettings(path)
      expect(read).toMatchObject({ ok: true, value: { package: 'appimage' } })
      expect(read.ok && read.value.feed.href).toBe(`${feed}/`)
      expect(read.ok && read.value.publicKey.equals(ed25519)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.each([
    ['half of it', env(feed)],
    ['the other half', env(undefined, der)],
    ['a feed that anybody can answer for', env('http://downloads.example.org', der)],
    ['a feed that is no address', env('downloads', der)],
    ['no key', env(feed, 'a key')],
    ['another kind of key', env(feed, rsa.export({ format: 'pem', type: 'spki' }).toString())],
  ])('is refused with %s', (_what, given) => {
    expect(() => releaseRecord(given, 'appimage')).toThrow(/MOLTBOT_RELEASE_/)
  })
})
