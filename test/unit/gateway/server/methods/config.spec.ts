// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import json5 from 'json5'
import { describe, expect, it } from 'vitest'
import { configMethods } from '../../../../../gateway/server/methods/config.ts'
import { patchEdits } from '../../../../../gateway/server/methods/config-merge-patch.ts'
import { hiddenSign } from '../../../../../gateway/server/methods/config-redact.ts'
import { loadConfig } from '../../../../../host/config/load-config.ts'
import { stateFolders } from '../../../host/config/state-folder.ts'

const canary = 'c4nary-0a1b2c3d4e5f60718293'
const text = `// Mine. The old one was: token: "${canary}-old"
{
  gateway: {
    mode: 'local', // here
    auth: { token: '\${T}' },
    remote: { url: 'wss://me:${canary}-url@example.org', token: '${canary}-remote' },
  },
  /* ${canary}-remote is not used */
  channels: {
    telegram: { botToken: "${canary}-bot", enabled: true },
    discord: { accounts: [{ id: 'a', token: '${canary}-a' }, { id: 'b', token: '${canary}-b' }] },
  },
  messages: { queue: { mode: 'collect', cap: 20 } },
  logging: { level: 'info', file: '\${LOG_DIR}/x.log' },
}
`
const env = { T: `${canary}-token`, LOG_DIR: '/tmp/nowhere' }

describe('config.* over the protocol', () => {
  const stateFolder = stateFolders()

  async function open(files: Record<string, string> = { 'moltbot.json': text }) {
    const { paths } = stateFolder(files)
    const loaded = await loadConfig(paths, env)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded))
    const restarts: [string, number][] = []
    const methods = configMethods({
      configPath: paths.configPath,
      stateDir: paths.stateDir,
      env,
      config: { current: () => loaded, problems: () => [], onChange: () => () => {} },
      restart: (reason, delayMs) => restarts.push([reason, delayMs]),
    })
    const caller = { connId: 'c', clientId: 'test', scopes: new Set<never>() }
    const call = async (name: keyof typeof methods, params?: object) => {
      const outcome = await methods[name](params, caller)
      expect(JSON.stringify(outcome), name).not.toContain('c4nary')
      return outcome
    }
    const snapshot = async () => payloadOf(await call('get'))
    const read = () => readFileSync(paths.configPath, 'utf8')
    return { paths, call, snapshot, read, restarts }
  }

  it('shows everything but secrets, with the hash that Moltbot gives', async () => {
    const { snapshot, paths } = await open()
    const shown = await snapshot()
    expect(shown).toMatchObject({
      path: paths.configPath,
      exists: true,
      valid: true,
      hash: createHash('sha256').update(text).digest('hex'),
      issues: [],
      warnings: [],
      legacyIssues: [],
      parsed: {
        gateway: { auth: { token: '${T}' }, remote: { url: hiddenSign, token: hiddenSign } },
        channels: { telegram: { botToken: hiddenSign, enabled: true } },
        logging: { file: '${LOG_DIR}/x.log' },
      },
      config: {
        gateway: { mode: 'local', auth: { token: hiddenSign } },
        messages: { queue: { mode: 'collect', cap: 20 } },
        logging: { level: 'info', file: hiddenSign },
      },
    })
    const raw = String(shown.raw)
    expect(json5.parse(raw)).toEqual(shown.parsed)
    expect(raw).toContain("token: '${T}'")
    expect(raw).toContain('// here')
    expect(raw.match(/__MOLTBOT_REDACTED__/g)).toHaveLength(7)
  })

  it('shows what is wrong, with its place, and no text that nobody can parse', async () => {
    const { call, paths } = await open()
    writeFileSync(
      paths.configPath,
      `{ gateway: { bnd: 1, remote: { token: '${canary}' } },\n logging: { level: 'loud' } }`,
    )
    expect(await call('get')).toMatchObject({
      ok: true,
      payload: {
        valid: false,
        config: {},
        issues: expect.arrayContaining([
          expect.objectContaining({ path: 'gateway.bnd', line: 1, column: 14, suggestion: 'gateway.bind' }),
          expect.objectContaining({ path: 'logging.level', line: 2, column: 13 }),
        ]),
      },
    })
    writeFileSync(paths.configPath, `{ gateway: { remote: { token: '${canary}' }`)
    expect(await call('get')).toMatchObject({
      payload: { raw: null, parsed: {}, valid: false, exists: true },
    })
  })

  it('knows the schema', async () => {
    const { call } = await open()
    expect(payloadOf(await call('schema'))).toMatchObject({
      schema: { properties: { gateway: expect.anything(), logging: expect.anything() } },
      uiHints: { 'gateway.port': { label: expect.any(String) } },
      version: expect.stringMatching(/^\d/),
      generatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })

  it('patches key by key: comments, order, quotes, references and secrets stay', async () => {
    const { call, snapshot, read, restarts } = await open()
    const { hash, parsed } = await snapshot()
    const raw = JSON.stringify({
      messages: { queue: { cap: 7, mode: null, drop: 'old' } },
      logging: { level: 'debug' },
      channels: json5.parse(JSON.stringify(parsed)).channels,
    })
    expect(await call('patch', { raw, baseHash: hash, note: 'a note' })).toMatchObject({
      ok: true,
      payload: {
        ok: true,
        config: { messages: { queue: { cap: 7, drop: 'old' } } },
        restart: null,
        sentinel: { path: null, payload: { kind: 'config-apply', message: 'a note' } },
      },
    })
    expect(read()).toBe(
      text.replace("mode: 'collect', cap: 20", 'drop: "old", cap: 7').replace("'info'", '"debug"'),
    )
    expect(restarts).toEqual([])
  })

  it('begins a new life where the change needs one, and leaves word for it as Moltbot does', async () => {
    const { call, snapshot, paths, restarts } = await open()
    const raw = '{ gateway: { port: 19001 } }'
    const wishes = { sessionKey: ' main ', note: 'why', restartDelayMs: 70_000 }
    const outcome = await call('patch', { raw, baseHash: (await snapshot()).hash, ...wishes })
    const sentinelPath = join(paths.stateDir, 'restart-sentinel.json')
    expect(outcome).toMatchObject({
      payload: {
        restart: {
          ok: true,
          pid: process.pid,
          signal: 'SIGUSR1',
          delayMs: 60_000,
          reason: 'config.patch',
          mode: 'emit',
        },
        sentinel: { path: sentinelPath },
      },
    })
    expect(restarts).toEqual([['config.patch', 60_000]])
    expect(JSON.parse(readFileSync(sentinelPath, 'utf8'))).toEqual({
      version: 1,
      payload: {
        kind: 'config-apply',
        status: 'ok',
        ts: expect.any(Number),
        sessionKey: 'main',
        message: 'why',
        doctorHint: expect.stringContaining('doctor'),
        stats: { mode: 'config.patch', root: paths.configPath },
      },
    })
  })

  it.each(['set', 'apply'] as const)(
    'config.%s writes the given text itself, with the secrets put back',
    async (name) => {
      const { call, snapshot, read, paths } = await open()
      const shown = await snapshot()
      const raw = `// New.\n${String(shown.raw).replace("'info'", "'debug' /* more */")}`
      expect(await call(name, { raw, baseHash: shown.hash })).toMatchObject({
        ok: true,
        payload: { ok: true },
      })
      expect(json5.parse(read())).toEqual(json5.parse(text.replace("'info'", "'debug'")))
      expect(read()).toMatch(/^\/\/ New\.\n\/\/ Mine\. The old one was/)
      expect(read()).toContain("token: '${T}'")
      expect(read()).toContain('/* more */')
      expect(readFileSync(`${paths.configPath}.bak.1`, 'utf8')).toBe(text)
    },
  )

  it('puts a secret back where its item has moved to, and refuses a sign that hides nothing', async () => {
    const { call, snapshot, read } = await open()
    const shown = await snapshot()
    const set = (raw: string) => call('set', { raw, baseHash: shown.hash, force: true })
    const stray = [
      String(shown.raw).replace("id: 'b'", "id: 'c'"),
      String(shown.raw).replace("level: 'info'", `level: 'info', "${hiddenSign}": 1`),
      String(shown.raw).replace("level: 'info'", `level: 'info-${hiddenSign}'`),
      `${String(shown.raw)}// ${hiddenSign}`,
    ]
    for (const raw of stray) {
      expect(await set(raw)).toMatchObject({ ok: false, details: { reason: 'config_refused' } })
    }
    expect(
      await call('patch', { raw: `{ messages: { responsePrefix: '${hiddenSign}' } }`, baseHash: shown.hash }),
    ).toMatchObject({
      ok: false,
      details: { reason: 'config_refused', path: 'messages.responsePrefix' },
    })
    expect(read()).toBe(text)
    // The same list with an item less would be refused as a whole: who is in it decides who is let in.
    const shorter = { channels: { discord: { accounts: [{ id: 'b', token: hiddenSign }] } } }
    const put = patchEdits(shorter, json5.parse(text))
    expect(put).toEqual({
      ok: true,
      value: [{ key: ['channels', 'discord', 'accounts'], value: [{ id: 'b', token: `${canary}-b` }] }],
    })
  })

  it('hides what an included file or a variable holds wherever else it stands, and puts it back', async () => {
    const own = `// ${canary}-more of telegram, ${canary}-token of the gateway
{
  $include: './more.json5',
  gateway: { auth: { token: '\${T}' } },
  logging: { level: 'info' },
  messages: { responsePrefix: '${canary}-more', messagePrefix: 'x ${canary}-token' },
}
`
    const more = `{ channels: { telegram: { botToken: '${canary}-more' } } }`
    const { call, snapshot, read, paths } = await open({ 'moltbot.json': own, 'more.json5': more })
    const shown = await snapshot()
    expect(shown).toMatchObject({ config: { channels: { telegram: { botToken: hiddenSign } } } })
    const raw = String(shown.raw).replace("'info'", "'debug'")
    expect(await call('set', { raw, baseHash: shown.hash })).toMatchObject({ ok: true })
    expect(json5.parse(read())).toEqual(json5.parse(own.replace("'info'", "'debug'")))
    expect(read().split('\n')[0]).toBe(own.split('\n')[0])
    const { hash } = await snapshot()
    const patch = {
      raw: `{ channels: { telegram: { botToken: '${hiddenSign}' } }, logging: { level: 'warn' } }`,
    }
    expect(await call('patch', { ...patch, baseHash: hash })).toMatchObject({ ok: true })
    expect(json5.parse(read())).toMatchObject({ logging: { level: 'warn' } })
    expect(readFileSync(join(paths.stateDir, 'more.json5'), 'utf8')).toBe(more)
  })

  it('asks for the hash, and refuses a text that was made of another', async () => {
    const { call, snapshot, read, paths } = await open()
    const { hash } = await snapshot()
    const raw = '{ logging: { level: "debug" } }'
    for (const name of ['set', 'patch', 'apply'] as const) {
      expect(await call(name, { raw })).toMatchObject({ ok: false, details: { reason: 'config_changed' } })
      expect(await call(name, { raw, baseHash: 'x' })).toMatchObject({
        details: { reason: 'config_changed' },
      })
    }
    writeFileSync(paths.configPath, `${text}// later\n`)
    expect(await call('patch', { raw, baseHash: hash })).toMatchObject({
      ok: false,
      code: 'INVALID_REQUEST',
      message: expect.stringContaining('config.get'),
    })
    expect(read()).toBe(`${text}// later\n`)
    expect(await readdir(paths.stateDir)).toEqual(['moltbot.json'])
  })

  it('refuses what is not valid, what drops most, what is secret, and what it does not know', async () => {
    const { call, snapshot, read } = await open()
    const { hash: baseHash } = await snapshot()
    for (const [name, params, reason] of [
      ['patch', { raw: '{ messages: { queue: { cap: 0 } } }' }, 'config_invalid'],
      ['patch', { raw: '{ messages: ' }, 'config_invalid'],
      ['patch', { raw: '[1]' }, 'invalid_params'],
      ['patch', { raw: '{}', extra: 1 }, 'invalid_params'],
      ['patch', { raw: '{}', restartDelayMs: -1 }, 'invalid_params'],
      ['set', { raw: '' }, 'invalid_params'],
      ['set', { raw: '{ logging: ' }, 'config_invalid'],
      ['apply', { raw: '{}' }, 'config_refused'],
      ['patch', { raw: '{ logging: { level: "debug" }, gateway: { bind: "lan" } }' }, 'config_refused'],
      ['patch', { raw: '{ channels: { telegram: { botToken: "another-secret" } } }' }, 'config_refused'],
      ['set', { raw: text.replace("mode: 'local'", "mode: 'local', bind: 'lan'") }, 'config_refused'],
      ['apply', { raw: text.replace('${T}', 'a-literal-of-some-length') }, 'config_refused'],
    ] as const) {
      const outcome = await call(name, { ...params, baseHash })
      expect(outcome, JSON.stringify(params)).toMatchObject({ ok: false, details: { reason } })
    }
    expect(read()).toBe(text)
  })

  it('asks again before most of the keys go', async () => {
    const small = "{ logging: { level: 'info' }, messages: { queue: { cap: 3, debounceMs: 5 } } }"
    const { call, snapshot, read } = await open({ 'moltbot.json': small })
    const params = { raw: "{ logging: { level: 'info' } }", baseHash: (await snapshot()).hash }
    for (const name of ['set', 'apply'] as const) {
      expect(await call(name, params)).toMatchObject({
        ok: false,
        message: expect.stringContaining('3 keys, and only 1'),
        details: { reason: 'config_refused' },
      })
    }
    expect(read()).toBe(small)
    expect(await call('set', { ...params, force: true })).toMatchObject({ ok: true })
    expect(read()).toBe(params.raw)
  })

  it('makes the file where there is none, from nothing but the text', async () => {
    const { call, read, paths } = await open({})
    expect(existsSync(paths.configPath)).toBe(false)
    expect(await call('get')).toMatchObject({
      payload: { exists: false, raw: null, parsed: {}, valid: true },
    })
    const outcome = await call('patch', { raw: '{ logging: { level: "debug" } }' })
    expect(outcome).toMatchObject({ ok: true })
    expect(json5.parse(read())).toMatchObject({ gateway: { mode: 'local' }, logging: { level: 'debug' } })
  })
})

function payloadOf(outcome: { ok: boolean; payload?: unknown }): Record<string, unknown> {
  if (!outcome.ok || typeof outcome.payload !== 'object' || outcome.payload === null) {
    throw new Error(JSON.stringify(outcome))
  }
  return { ...outcome.payload }
}
