import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPageFile } from '../../../../host/page/page-files.ts'

let folder: string
let root: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-page-'))
  root = join(folder, 'page')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), 'page')
  await writeFile(join(root, 'assets', 'main-1a2b.js'), 'script')
  await writeFile(join(root, 'assets', 'secret.key'), 'key')
  await writeFile(join(folder, 'outside.js'), 'outside')
  await symlink(join(folder, 'outside.js'), join(root, 'link.js'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the page', () => {
  it.each([
    ['/', 'page', 'text/html; charset=utf-8', false],
    ['/?x=1', 'page', 'text/html; charset=utf-8', false],
    ['/index.html', 'page', 'text/html; charset=utf-8', false],
    ['/assets/main-1a2b.js', 'script', 'text/javascript; charset=utf-8', true],
    ['/assets/%6dain-1a2b.js', 'script', 'text/javascript; charset=utf-8', true],
  ])('has %s', async (target, body, type, isImmutable) => {
    const file = await findPageFile(root, target)
    expect(file && { ...file, body: String(file.body) }).toEqual({ body, type, isImmutable })
  })

  it.each([
    '/../outside.js',
    '/..%2foutside.js',
    '/%2e%2e/outside.js',
    '/assets/../../outside.js',
    '/assets/..%2f..%2foutside.js',
    '/%252e%252e/outside.js',
    '/..%5coutside.js',
    '/link.js',
    '/index.html%00.js',
    '//outside.js',
    '/assets',
    '/assets/secret.key',
    '/nothing.js',
    '/%zz.js',
    'http://127.0.0.1/index.html',
    'index.html',
    '',
  ])('has nothing at %j', async (target) => {
    expect(await findPageFile(root, target)).toBeNull()
  })
})
