import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyTree, removeTree, whilePatched } from '../../../breaks/tree-copy.ts'

describe('the copy that breaks are tried in', () => {
  let root: string
  let copy: string
  const textOf = (path: string) => readFileSync(join(copy, path), 'utf8')
  const patch = (path: string, before: string) => ({ path, hunks: [{ before: [before], after: ['broken'] }] })

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'moltbot-tree-'))
    for (const folder of ['src', 'node_modules/a', 'dist', '.git'])
      mkdirSync(join(root, folder), { recursive: true })
    for (const name of ['a', 'b']) writeFileSync(join(root, 'src', name), `guard ${name}\n`)
    copy = copyTree(root)
  })
  afterEach(() => {
    removeTree(copy)
    rmSync(root, { recursive: true, force: true })
  })

  it('has the sources, shares the packages, and leaves them alone when it goes', () => {
    expect(textOf('src/a')).toBe('guard a\n')
    expect(existsSync(join(copy, 'dist'))).toBe(false)
    expect(lstatSync(join(copy, 'node_modules')).isSymbolicLink()).toBe(true)
    removeTree(copy)
    expect(existsSync(join(root, 'node_modules/a'))).toBe(true)
  })

  it('is broken only meanwhile, also when the work fails, and the original never', async () => {
    const seen = await whilePatched(copy, [patch('src/a', 'guard a')], async () => textOf('src/a'))
    expect(seen).toBe('broken\n')
    const failing = whilePatched(copy, [patch('src/a', 'guard a')], () => Promise.reject(new Error('work')))
    await expect(failing).rejects.toThrow('work')
    expect(textOf('src/a')).toBe('guard a\n')
    expect(readFileSync(join(root, 'src/a'), 'utf8')).toBe('guard a\n')
  })

  it('changes nothing when one of several files does not fit', async () => {
    const patches = [patch('src/a', 'guard a'), patch('src/b', 'something else')]
    await expect(whilePatched(copy, patches, async () => textOf('src/a'))).rejects.toThrow('fits in 0 places')
    expect(textOf('src/a')).toBe('guard a\n')
  })
})
