import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changedPaths, digestOf } from '../../../../build/test/machine-digest.ts'

describe('the digest of the person’s files', () => {
  let folder: string
  const changes = (act: () => void) => {
    const before = digestOf([folder])
    act()
    return changedPaths(before, digestOf([folder]))
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'moltbot-digest-'))
    writeFileSync(join(folder, 'a'), 'one')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is the same while nothing but reading happens', () => {
    expect(changes(() => readFileSync(join(folder, 'a')))).toEqual([])
  })

  it('sees a file that came, and one whose content changed under the same size and time', () => {
    expect(changes(() => writeFileSync(join(folder, 'b'), ''))).toEqual([folder, join(folder, 'b')])
    const rewrite = (text: string) => {
      writeFileSync(join(folder, 'a'), text)
      utimesSync(join(folder, 'a'), 1_700_000_000, 1_700_000_000)
    }
    rewrite('one')
    expect(changes(() => rewrite('two'))).toEqual([join(folder, 'a')])
  })

  it('sees a changed mode and a changed link', () => {
    expect(changes(() => chmodSync(join(folder, 'a'), 0o600))).toEqual([join(folder, 'a')])
    symlinkSync('a', join(folder, 'link'))
    const relink = () => {
      rmSync(join(folder, 'link'))
      symlinkSync('b', join(folder, 'link'))
    }
    expect(changes(relink)).toContain(join(folder, 'link'))
  })

  it('sees a folder that was not there before', () => {
    const before = digestOf([join(folder, 'none')])
    writeFileSync(join(folder, 'none'), '')
    expect(changedPaths(before, digestOf([join(folder, 'none')]))).toEqual([join(folder, 'none')])
  })
})
