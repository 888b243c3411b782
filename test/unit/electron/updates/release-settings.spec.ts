import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readReleaseSettings } from '../../../../electron/updates/release-settings.ts'

const { publicKey } = generateKeyPairSync('ed25519')
const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
const folder = mkdtempSync(join(tmpdir(), 'moltbot-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function read(text: string | null) {
  const path = join(folder, 'release.json')
  rmSync(path, { force: true })
  if (text !== null) writeFileSync(path, text)
  return readReleaseSettings(path)
}
const usual = { feed: 'https://example.org/moltbot', publicKey: der, package: 'deb' }

describe('what a package knows of its releases', () => {
  it('is a folder of a feed and a key, in one line or as PEM', async () => {
    for (const key of [der, pem]) {
      const found = await read(JSON.stringify({ ...usual, publicKey: key }))
      expect(found.ok && [found.value.feed.href, found.value.package]).toEqual([
        'https://example.org/moltbot/',
        'deb',
      ])
      expect(found.ok && found.value.publicKey.equals(publicKey)).toBe(true)
    }
  })

  it.each<[string, string | null, string]>([
    ['is not there', null, 'MOLTBOT_RELEASE_FEED'],
    ['is no JSON', '{', 'release.json'],
    ['has more than it should', JSON.stringify({ ...usual, also: 1 }), 'release.json'],
    ['is for another kind', JSON.stringify({ ...usual, package: 'rpm' }), 'release.json (package)'],
    [
      'names a plain address',
      JSON.stringify({ ...usual, feed: 'http://example.org/' }),
      'MOLTBOT_RELEASE_FEED',
    ],
    ['names one with a password', JSON.stringify({ ...usual, feed: 'https://a:b@example.org/' }), '(https:)'],
    ['has no key', JSON.stringify({ ...usual, publicKey: 'x' }), 'MOLTBOT_RELEASE_PUBLIC_KEY'],
    [
      'has another kind of key',
      JSON.stringify({ ...usual, publicKey: rsa.export({ type: 'spki', format: 'pem' }) }),
      'MOLTBOT_RELEASE_PUBLIC_KEY',
    ],
  ])('that %s makes it say so', async (_name, text, missing) => {
    expect(await read(text)).toMatchObject({
      ok: false,
      code: 'UPDATE_NOT_CONFIGURED',
      params: { missing: expect.stringContaining(missing) },
    })
  })
})
