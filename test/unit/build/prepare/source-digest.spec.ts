import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sourceDigest } from '../../../../build/prepare/source-digest.mjs'

describe('the digest of the sources', () => {
  let root: string
  const write = (path: string, text: string) => writeFileSync(join(root, path), text)

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'moltbot-sources-'))
    for (const folder of ['host', 'test']) mkdirSync(join(root, folder))
    for (const path of ['package.json', 'package-lock.json', 'host/a.ts', 'test/a.spec.ts'])
      write(path, 'one')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('changes with content and names, in a file as in the packages', () => {
    const seen = [sourceDigest(root)]
    for (const change of [
      () => write('host/a.ts', 'two'),
      () => renameSync(join(root, 'host/a.ts'), join(root, 'host/b.ts')),
      () => write('host/c.ts', ''),
      () => write('package-lock.json', 'two'),
    ]) {
      change()
      seen.push(sourceDigest(root))
    }
    expect(new Set(seen).size).toBe(5)
  })

  it('stays with times and tests: nothing is built again for them', () => {
    const before = sourceDigest(root)
    utimesSync(join(root, 'host/a.ts'), 1, 1)
    write('test/a.spec.ts', 'two')
    write('host/notes.md', 'text')
    expect(sourceDigest(root)).toBe(before)
  })
})
