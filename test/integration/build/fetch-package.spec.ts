import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchPackage } from '../../../build/package/fetch-package.ts'
import { root } from '../../../build/prepare/root.mjs'
import { NpmRegistry } from '../../fixtures/npm-registry.ts'

describe('a compiled part that is fetched for another system', () => {
  const name = '@lydell/node-pty-darwin-arm64'
  const version = '1.1.0'
  let base: string
  let registry: NpmRegistry
  let announced: string
  const fetchWith = (integrity: string) => {
    const env = {
      PATH: process.env.PATH,
      HOME: base,
      npm_config_registry: registry.url,
      npm_config_cache: join(base, 'npm'),
    }
    return fetchPackage({ name, version, integrity }, root, join(base, 'fetched'), env)
  }

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'moltbot-fetch-'))
    registry = await NpmRegistry.start()
    await registry.publish(name, [{ version, script: 'a compiled part' }])
    const told = await (await fetch(`${registry.url}${encodeURIComponent(name)}`)).json()
    announced = told.versions[version].dist.integrity
  })
  afterAll(async () => {
    await registry.close()
    rmSync(base, { recursive: true, force: true })
  })

  it('is unpacked where its bytes are those of the lock', async () => {
    const folder = await fetchWith(announced)
    expect(readFileSync(join(folder, 'dist/entry.js'), 'utf8')).toBe('a compiled part')
  })

  it('is refused where the registry has other bytes, whatever it says of them', async () => {
    const locked = `sha512-${Buffer.alloc(64, 1).toString('base64')}`
    await expect(fetchWith(locked)).rejects.toThrow(`should be ${locked}`)
    expect(existsSync(join(base, 'fetched', '@lydell-node-pty-darwin-arm64-1.1.0', 'package'))).toBe(false)
  })
})
