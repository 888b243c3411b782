// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { partAt, type SchemaPart } from '../../../../../gateway/cli/config/schema-part.ts'
import { configMethods } from '../../../../../gateway/server/methods/config.ts'
import {
  guardRemoteKeys,
  isRemoteKey,
  remoteKeys,
} from '../../../../../gateway/server/methods/config-remote-keys.ts'
import { loadConfig } from '../../../../../host/config/load-config.ts'
import { jsonSchemaOf } from '../../../../../host/config/schema/json-schema.ts'
import { foreignSections } from '../../../../../host/config/schema/sections.ts'
import { isSensitiveKey } from '../../../../../host/config/schema/sensitive-keys.ts'
import { stateFolders } from '../../../host/config/state-folder.ts'

/** A name, or a part of a path, that has a say in what is run, who gives orders, what is open or what is hidden. */
const telling =
  /exec|command|hook|plugin|skill|sandbox|docker|image$|bind|network|setup|cli|program|path|dir$|file|store|allow|policy|elevated|tools?$|auth|token|password|secret|tailscale|tls|prox|controlUi|remote|redact|env|browser|workspace|model|identity|account/i
/** Those whose names only sound like that, and why. */
const harmless: Readonly<Record<string, string>> = {
  'messages.inbound.byChannel': 'milliseconds',
}

describe('what the protocol may change', () => {
  const stateFolder = stateFolders()

  it('is in the schema, and none of it has a say in what is run, who is let in, or what is hidden', async () => {
    const schema: SchemaPart = await jsonSchemaOf()
    const foreign = Object.keys(foreignSections)
    for (const key of remoteKeys) {
      const path = key.split('.')
      const isForeign = foreign.includes(path[0] ?? '')
      expect(isForeign || partAt(schema, path) !== null, key).toBe(true)
      for (const inner of [path, ...pathsOf(partAt(schema, path) ?? {}, path)]) {
        const name = inner.join('.')
        expect(telling.test(name) && !(name in harmless), name).toBe(false)
        expect(isSensitiveKey(inner), name).toBe(false)
      }
    }
  })

  it('threat 16: every other path of the schema is refused, and nothing is written', async () => {
    const { paths } = stateFolder({ 'moltbot.json': '{ gateway: { mode: "local" } }' })
    const loaded = await loadConfig(paths, {})
    if (!loaded.ok) throw new Error(loaded.code)
    const methods = configMethods({
      configPath: paths.configPath,
      stateDir: paths.stateDir,
      env: {},
      config: { current: () => loaded, problems: () => [], onChange: () => () => {} },
      restart: () => {},
    })
    const caller = { connId: 'c', clientId: 'test', scopes: new Set<never>() }
    const hashOf = async () => {
      const shown = await methods.get({}, caller)
      return shown.ok ? Object(shown.payload).hash : ''
    }
    const baseHash = await hashOf()
    const all = pathsOf(await jsonSchemaOf(), [])
    const foreign = Object.keys(foreignSections).flatMap((name) => [
      [name],
      [name, 'x'],
      [name, 'x', 'command'],
    ])
    const local = [...all, ...foreign].filter((path) => !isRemoteKey(path) && !isParent(path))
    expect(local.length).toBeGreaterThan(150)
    const asPatch = (path: readonly string[]) =>
      path.reduceRight<object | string>((inner, step) => ({ [step]: inner }), 'evil')
    for (const path of local) {
      expect(guardRemoteKeys({}, asPatch(path)), path.join('.')).toMatchObject({ code: 'CONFIG_KEY_LOCAL' })
    }
    const names = new Set(local.map((path) => path.join('.')))
    for (const must of [
      'agents.defaults.sandbox.docker.setupCommand',
      'agents.defaults.sandbox.docker.binds',
      'agents.defaults.sandbox.docker.image',
      'agents.defaults.sandbox.docker.network',
      'agents.defaults.cliBackends',
      'agents.list',
      'channels.whatsapp.allowFrom',
      'commands.bash',
      'gateway.auth.token',
      'gateway.bind',
      'hooks.x',
      'logging.file',
      'logging.redactSensitive',
      'session.store',
      'tools.x.command',
    ]) {
      expect(names, must).toContain(must)
      const raw = JSON.stringify(asPatch(must.split('.')))
      // Before any look at whether the value would fit.
      expect(await methods.patch({ raw, baseHash }, caller), must).toMatchObject({
        ok: false,
        code: 'INVALID_REQUEST',
        message: expect.stringContaining(`moltbot config set ${must}`),
        details: { reason: 'config_refused', path: must },
      })
    }
    expect(await hashOf()).toBe(baseHash)
  })

  it('threat 16: neither a file to be included nor a secret to be shown comes in by a key that may change', async () => {
    const text = "{ logging: { level: 'info' }, messages: { responsePrefix: '[${WHO}]' } }"
    const { paths } = stateFolder({ 'moltbot.json': text, 'later.json5': '{}', 'level.json5': "'info'" })
    const env = { WHO: 'me', ANTHROPIC_API_KEY: 'c4nary-key' }
    const loaded = await loadConfig(paths, env)
    if (!loaded.ok) throw new Error(loaded.code)
    const methods = configMethods({
      configPath: paths.configPath,
      stateDir: paths.stateDir,
      env,
      config: { current: () => loaded, problems: () => [], onChange: () => () => {} },
      restart: () => {},
    })
    const caller = { connId: 'c', clientId: 'test', scopes: new Set<never>() }
    const shown = await methods.get({}, caller)
    const baseHash = shown.ok ? Object(shown.payload).hash : ''
    for (const [name, raw, words] of [
      ['set', text.replace('{', "{ $include: './later.json5',"), '$include'],
      [
        'apply',
        text.replace("{ level: 'info' }", "{ level: 'info', $include: ['./later.json5'] }"),
        '$include',
      ],
      ['patch', "{ $include: './later.json5' }", '$include'],
      ['patch', "{ logging: { $include: './later.json5' } }", '$include'],
      ['patch', "{ messages: { responsePrefix: '${ANTHROPIC_API_KEY}' } }", 'ANTHROPIC_API_KEY'],
      ['set', text.replace('[${WHO}]', '[${WHO}] ${ANTHROPIC_API_KEY}'), 'ANTHROPIC_API_KEY'],
      ['patch', "{ messages: { messagePrefix: '${WHO}' } }", 'WHO'],
    ] as const) {
      expect(await methods[name]({ raw, baseHash }, caller), raw).toMatchObject({
        ok: false,
        message: expect.stringContaining(words),
        details: { reason: 'config_refused' },
      })
    }
    expect(readFileSync(paths.configPath, 'utf8')).toBe(text)
    const kept = "{ messages: { responsePrefix: '${WHO}:' } }"
    expect(await methods.patch({ raw: kept, baseHash }, caller)).toMatchObject({ ok: true })
  })
})

/** Whether something in it may be changed, so that a value for all of it is judged by its members. */
function isParent(path: readonly string[]): boolean {
  return remoteKeys.some((key) => key.startsWith(`${path.join('.')}.`))
}

/** Every path below a part of a schema; a name that anybody may choose is `x`. */
function pathsOf(part: SchemaPart, path: readonly string[], depth = 0): string[][] {
  if (depth > 12) return []
  const found: string[][] = []
  const inner: [string, SchemaPart][] = Object.entries(part.properties ?? {})
  if (typeof part.additionalProperties === 'object') inner.push(['x', part.additionalProperties])
  for (const [name, child] of inner) {
    found.push([...path, name], ...pathsOf(child, [...path, name], depth + 1))
  }
  for (const option of [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.allOf ?? [])]) {
    found.push(...pathsOf(option, path, depth + 1))
  }
  return found
}
