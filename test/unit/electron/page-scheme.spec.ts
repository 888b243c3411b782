import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerPageRequest } from '../../../electron/page-scheme.ts'

let folder: string
let root: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-scheme-'))
  root = join(folder, 'page')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html>page')
  await writeFile(join(root, 'assets', 'main-1a2b.js'), 'script')
  await writeFile(join(root, 'assets', 'font.woff2'), Buffer.from([0, 255, 254]))
  await writeFile(join(folder, 'outside.js'), 'outside')
  await symlink(join(folder, 'outside.js'), join(root, 'link.js'))
})
afterAll(() => rm(folder, { recursive: true }))

const ask = (url: string, method = 'GET') => answerPageRequest(root, { method, url })

describe("the page's own scheme", () => {
  it('has the page, under a policy that lets nothing else in', async () => {
    const answer = await ask('moltbot-desktop://app/#/logs')
    expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html>page'])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  it.each([
    ['assets/main-1a2b.js', 'text/javascript; charset=utf-8', Buffer.from('script')],
    ['assets/font.woff2', 'font/woff2', Buffer.from([0, 255, 254])],
  ])('gives %s its type and its bytes', async (path, type, bytes) => {
    const answer = await ask(`moltbot-desktop://app/${path}`)
    expect([answer.headers.get('content-type'), Buffer.from(await answer.arrayBuffer())]).toEqual([
      type,
      bytes,
    ])
  })

  it('answers HEAD without a body', async () => {
    const answer = await ask('moltbot-desktop://app/', 'HEAD')
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      200,
      '19',
      '',
    ])
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await ask('moltbot-desktop://app/', method)).status).toBe(405)
  })

  it.each([
    'moltbot-desktop://app/../outside.js',
    'moltbot-desktop://app/..%2foutside.js',
    'moltbot-desktop://app/%2e%2e/outside.js',
    'moltbot-desktop://app/%252e%252e/outside.js',
    'moltbot-desktop://app/..%5coutside.js',
    'moltbot-desktop://app/..\\outside.js',
    'moltbot-desktop://app/index.html%00.js',
    'moltbot-desktop://app/link.js',
    'moltbot-desktop://app//outside.js',
    'moltbot-desktop://other/index.html',
    'moltbot-desktop://app:8080/index.html',
    'moltbot-desktop://user@app/index.html',
    'moltbot-desktop:///index.html',
    'https://app/index.html',
    'file:///etc/passwd',
    'nonsense',
  ])('has nothing at %s', async (url) => {
    const answer = await ask(url)
    expect([answer.status, await answer.text()]).toEqual([404, 'No such page.\n'])
  })
})
