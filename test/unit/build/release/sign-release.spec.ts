import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../../../../build/prepare/root.mjs'
import { releasePackages } from '../../../../build/release/release-packages.ts'
import { releaseManifestSchema } from '../../../../shared/release-manifest.ts'
import { version } from '../../../../shared/version.ts'
import { sha512 } from '../../../fixtures/release-feed.ts'

const script = join(root, 'build/release/sign-release.ts')
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('a release', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'moltbot-release-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const put = (name: string, text = name) => writeFileSync(join(folder, name), text)
  const run = (key: string, ...args: string[]) =>
    spawnSync(process.execPath, [script, folder, ...args], {
      encoding: 'utf8',
      env: { ...process.env, MOLTBOT_RELEASE_PRIVATE_KEY: key },
    })

  it('gets a manifest for each package that running copies are replaced by, signed as it lies there', () => {
    for (const ending of ['linux-x64.AppImage', 'linux-arm64.deb', 'macos-arm64.zip', 'macos-arm64.dmg'])
      put(`moltbot-desktop-${version}-${ending}`)
    put('notes.txt', 'Quicker.\n')
    const ran = run(pem, '--notes', join(folder, 'notes.txt'), '--counter', '12', '--days', '30')
    expect(ran.stderr).toBe('')
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    expect(ran.stdout).toContain(`MOLTBOT_RELEASE_PUBLIC_KEY=${spki}`)
    const manifests = readdirSync(folder).filter((name) => name.endsWith('.json'))
    expect(manifests).toEqual([
      'release-stable-darwin-arm64-dmg.json',
      'release-stable-linux-arm64-deb.json',
      'release-stable-linux-x64-appimage.json',
    ])
    for (const name of manifests) {
      const bytes = readFileSync(join(folder, name))
      const signature = Buffer.from(readFileSync(join(folder, `${name}.sig`), 'utf8'), 'base64')
      expect(verify(null, bytes, publicKey, signature)).toBe(true)
      const manifest = releaseManifestSchema.parse(JSON.parse(bytes.toString()))
      const file = readFileSync(join(folder, manifest.file.name))
      expect(manifest).toMatchObject({ version, counter: 12, notes: 'Quicker.', notesUrl: null })
      expect(manifest.file).toEqual({ name: manifest.file.name, bytes: file.length, sha512: sha512(file) })
      expect(Date.parse(manifest.expiresAt) - Date.parse(manifest.issuedAt)).toBe(30 * 86_400_000)
    }
  })

  it('is not signed without a key of the right kind, and the way to one is told', () => {
    put(`moltbot-desktop-${version}-linux-x64.AppImage`)
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    for (const key of [rsa.export({ type: 'pkcs8', format: 'pem' }).toString()]) {
      const ran = run(key)
      expect([ran.status, ran.stderr]).toEqual([
        1,
        expect.stringContaining('openssl genpkey -algorithm ed25519'),
      ])
    }
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('is not mixed up: versions, machines, or twice the same', () => {
    put('moltbot-desktop-9.9.9-linux-x64.AppImage')
    expect(() => releasePackages(folder, version)).toThrow('is not of version')
    expect(releasePackages(folder, '9.9.9')).toHaveLength(1)
    put('moltbot-desktop-9.9.9-x86_64.AppImage')
    expect(() => releasePackages(folder, '9.9.9')).toThrow('the same machines')
    rmSync(join(folder, 'moltbot-desktop-9.9.9-x86_64.AppImage'))
    put('moltbot-desktop-9.9.9-beta.1-linux-arm64.AppImage')
    expect(() => releasePackages(folder, '9.9.9')).toThrow('is not of version 9.9.9')
    rmSync(join(folder, 'moltbot-desktop-9.9.9-beta.1-linux-arm64.AppImage'))
    put('moltbot-desktop-9.9.9-linux.AppImage')
    expect(() => releasePackages(folder, '9.9.9')).toThrow('x64 or arm64')
  })
})
