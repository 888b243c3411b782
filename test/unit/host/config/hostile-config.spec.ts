// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../../gateway/log/redact.ts'
import { checkSupported } from '../../../../host/config/check-supported.ts'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()
const limitMs = 100
type Loaded = Awaited<ReturnType<ReturnType<typeof folder>['load']>>

interface Hostile {
  readonly name: string
  readonly content: string | Uint8Array
  readonly files?: Readonly<Record<string, string>>
  /** What is to come of it; a refusal names its line and column where it has one. */
  readonly code: string | null
  readonly params?: Readonly<Record<string, unknown>>
}

const port = (text: string): string => `{\n  gateway: { port: ${text} } }`
const portParams = {
  key: 'gateway.port',
  line: 2,
  column: 14,
  detail: 'must be a whole number from 1 to 65535',
}
const outOfRange = { ...portParams, detail: 'must be from 1 to 65535' }

const hostile: readonly Hostile[] = [
  { name: 'nul-bytes', content: '{ ui: "\0" }', code: 'CONFIG_REFUSED' },
  { name: 'utf16-bom', content: Buffer.from('\ufeff{ }', 'utf16le'), code: 'CONFIG_REFUSED' },
  {
    name: 'lone-surrogate',
    content: '{ ui: "\\ud800", gateway: { bind: "\\ud800" } }',
    code: 'CONFIG_INVALID',
    params: { key: 'gateway.bind', line: 1, column: 28 },
  },
  {
    name: 'lone-surrogate as bytes',
    content: Buffer.from([0x7b, 0xed, 0xa0, 0x80, 0x7d]),
    code: 'CONFIG_REFUSED',
  },
  {
    name: 'proto-key',
    content: '{ "__proto__": { gateway: { port: 1 } }, gateway: { "__proto__": { bind: "lan" } } }',
    code: null,
  },
  {
    name: 'constructor-key',
    content: '{\n constructor: { prototype: { polluted: 1 } } }',
    code: 'CONFIG_INVALID',
    params: { key: 'constructor', line: 2, column: 2 },
  },
  {
    name: 'constructor-key in a section',
    content: '{ gateway: { constructor: 1, toString: 2, hasOwnProperty: 3 } }',
    code: 'CONFIG_INVALID',
    params: { key: 'gateway.constructor' },
  },
  { name: 'nan-port', content: port('NaN'), code: 'CONFIG_INVALID', params: portParams },
  { name: 'port-0', content: port('0'), code: 'CONFIG_INVALID', params: outOfRange },
  { name: 'port-65536', content: port('65536'), code: 'CONFIG_INVALID', params: outOfRange },
  { name: 'hex-port out of range', content: port('0x10000'), code: 'CONFIG_INVALID', params: outOfRange },
  {
    name: 'infinity-timeout',
    content: '{ messages: { queue: { debounceMs: Infinity } } }',
    code: 'CONFIG_INVALID',
    params: { key: 'messages.queue.debounceMs', line: 1, column: 24 },
  },
  { name: 'nest-200k', content: '['.repeat(200_000) + ']'.repeat(200_000), code: 'CONFIG_REFUSED' },
  {
    name: 'nest-5k',
    content: '['.repeat(5_000) + ']'.repeat(5_000),
    code: 'CONFIG_REFUSED',
    params: { detail: 'it nests more than 64 levels deep' },
  },
  {
    name: 'nest-200k unclosed',
    content: '{a:'.repeat(200_000),
    code: 'CONFIG_REFUSED',
  },
  { name: 'string-5mb', content: `{ ui: "${'x'.repeat(5_000_000)}" }`, code: 'CONFIG_TOO_LARGE' },
  {
    name: 'mistakes-200k',
    content: `{ gateway: { trustedProxies: [${'1,'.repeat(200_000)}] } }`,
    code: 'CONFIG_REFUSED',
  },
  {
    name: 'mistakes-9k',
    content: `{ gateway: { ${Array.from({ length: 9_000 }, (_, at) => `k${at}: 1`).join()} } }`,
    code: 'CONFIG_INVALID',
  },
  {
    name: 'mistakes-500k in 60 includes',
    content: `{ gateway: { trustedProxies: { $include: [${'"a.json",'.repeat(60)}] } } }`,
    files: { 'a.json': `[${'1,'.repeat(9_000)}]` },
    code: 'CONFIG_INVALID',
    params: { key: 'gateway.trustedProxies.$include', line: 1 },
  },
  {
    name: 'include-cycle',
    content: '{\n ui: { $include: "a.json" } }',
    files: { 'a.json': '{ b: { $include: "./sub/../moltbot.json" } }', 'sub/x': '' },
    code: 'CONFIG_INVALID',
    params: { key: 'ui.b.$include', line: 1 },
  },
  {
    name: 'include-traversal',
    content: '{\n ui: { $include: "../../../../../../etc/hostname" } }',
    code: 'CONFIG_INVALID',
    params: { key: 'ui.$include', line: 2 },
  },
  {
    name: 'env-reference-missing',
    content: '{\n channels: { x: ["a", "${NOT_THERE}"] } }',
    code: 'CONFIG_INVALID',
    params: { key: 'channels.x[1]', line: 2, column: 23 },
  },
  {
    name: 'token-"undefined"',
    content: '{ gateway: { auth: { token: "undefined" } } }',
    code: 'CONFIG_INVALID',
    params: { key: 'gateway.auth.token', line: 1, column: 22 },
  },
  {
    name: 'bind-any',
    content: '{ gateway: { bind: "any" } }',
    code: 'CONFIG_INVALID',
    params: { key: 'gateway.bind', suggestion: 'lan' },
  },
  {
    name: 'truncated-half',
    content: '{\n  gateway: {\n    port: 187',
    code: 'CONFIG_SYNTAX',
    params: { line: 3, column: 14, detail: 'the file ends there; expected , or the } of line 2' },
  },
]

describe('a hostile configuration', () => {
  it.each(hostile)('$name', async ({ content, files, code, params }) => {
    const { paths, load } = folder({ 'moltbot.json': content, ...files })
    const before = readFileSync(paths.configPath)
    const loaded = await timed(load)
    if (code === null) expect(loaded).toMatchObject({ ok: true })
    else expect(loaded).toMatchObject({ ok: false, code, params: params ?? {} })
    expect({}).not.toHaveProperty('polluted')
    expect(readFileSync(paths.configPath).equals(before)).toBe(true)
  })

  it('proto-key: brings nothing into force', async () => {
    const loaded = await folder({
      'moltbot.json': '{ "__proto__": { gateway: { port: 1 } }, gateway: { "__proto__": { bind: "lan" } } }',
    }).load()
    expect(loaded.ok && [loaded.config.gateway?.port, loaded.config.gateway?.bind]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('duplicate-key: the last one counts, and the others are told', async () => {
    const text = '{ gateway: { port: 1,\n port: 2 },\n logging: {},\n "loggin\\u0067": { level: "warn" } }'
    const loaded = await folder({ 'moltbot.json': text }).load()
    expect(loaded).toMatchObject({ ok: true, config: { gateway: { port: 2 }, logging: { level: 'warn' } } })
    expect(loaded.ok && loaded.warnings).toMatchObject([
      {
        key: 'gateway.port',
        line: 1,
        column: 14,
        detail: 'is written again in line 2, and only that one counts',
      },
      { key: 'logging', line: 3, column: 2 },
    ])
  })

  it('hex-port: is the number that it says', async () => {
    expect(await folder({ 'moltbot.json': port('0x4965') }).load()).toMatchObject({
      config: { gateway: { port: 18_789 } },
    })
  })

  it('include-fifo: is refused without waiting', async () => {
    const { paths, load } = folder({ 'moltbot.json': '{ $include: "pipe" }' })
    execFileSync('mkfifo', [join(paths.stateDir, 'pipe')])
    expect(await timed(load)).toMatchObject({ ok: false, code: 'CONFIG_NOT_A_FILE' })
  })

  it('bind-any: no open address without a secret', async () => {
    const loaded = await folder({ 'moltbot.json': '{ gateway: { bind: "lan" } }' }).load()
    expect(loaded.ok && (await checkSupported(loaded))).toMatchObject({
      params: { key: 'gateway.bind', line: 1 },
    })
  })

  it('regex-redos: the pattern is taken, and cannot hold up the one who uses it', async () => {
    const loaded = await folder({
      'moltbot.json': '{ logging: { redactPatterns: ["(a+)+$", "c4nary"] } }',
    }).load()
    const patterns = loaded.ok ? (loaded.config.logging?.redactPatterns ?? []) : []
    const slow: number[] = []
    const redactor = createRedactor({
      secrets: [],
      patterns,
      usesPatterns: true,
      onSlow: (place) => void slow.push(place),
    })
    const startedAt = performance.now()
    redactor.text(`${'a'.repeat(40)}!`)
    expect(redactor.text('c4nary here')).toBe('*** here')
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(slow).toEqual([0])
  })

  it('secret-as-key: is not repeated, whether it fits or not', async () => {
    const secret = 'c4nary-0123456789abcdef0123456789abcdef0123456789abcdef01234567'
    for (const text of [
      `{ gateway: { "${secret}": 1 } }`,
      `{ "${secret}": 1, "${secret}": 2 }`,
      `{ gateway: { ${secret} } }`,
    ]) {
      const loaded = await folder({ 'moltbot.json': text }).load()
      expect(loaded.ok).toBe(false)
      expect(JSON.stringify(loaded)).not.toContain(secret)
    }
    const twice = await folder({ 'moltbot.json': `{ ui: { "${secret}": 1, "${secret}": 2 } }` }).load()
    expect(twice.ok && twice.warnings).toHaveLength(1)
    expect(JSON.stringify(twice.ok && twice.warnings)).not.toContain(secret)
  })

  it('crlf-mixed: counts lines as an editor does', async () => {
    const text = '{\r\n  // one\n  gateway: {\r\n\r\n    port: 0 } }'
    expect(await folder({ 'moltbot.json': text }).load()).toMatchObject({
      params: { key: 'gateway.port', line: 5, column: 5 },
    })
  })

  it('symlink-config: is read through the link, and its includes stay inside the folder of the link', async () => {
    const { paths, load } = folder({
      'real.json': '{ gateway: { port: 5 }, ui: { $include: "part.json" } }',
      'part.json': '{}',
    })
    symlinkSync('real.json', paths.configPath)
    expect(await load()).toMatchObject({ ok: true, config: { gateway: { port: 5 } } })
    writeFileSync(join(paths.stateDir, 'real.json'), '{ ui: { $include: "/etc/hostname" } }')
    expect(await load()).toMatchObject({ ok: false, params: { key: 'ui.$include' } })
  })
})

async function timed(load: () => Promise<Loaded>): Promise<Loaded> {
  await load() // code that is loaded with its first use is no cost of the text
  const startedAt = performance.now()
  const loaded = await load()
  expect(performance.now() - startedAt).toBeLessThan(limitMs * slack)
  return loaded
}

/** Other work may have the processor meanwhile. */
const slack = 8
