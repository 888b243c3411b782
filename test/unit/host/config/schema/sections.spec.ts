// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { describe, expect, it } from 'vitest'
import { checkSupported } from '../../../../../host/config/check-supported.ts'
import { hints } from '../../../../../host/config/schema/hints.ts'
import { jsonSchemaOf } from '../../../../../host/config/schema/json-schema.ts'
import { foreignSections, sectionSchemas } from '../../../../../host/config/schema/sections.ts'
import { stateFolders } from '../state-folder.ts'

const folder = stateFolders()
const load = (text: string, env: Record<string, string> = {}) => folder({ 'moltbot.json': text }).load(env)
const docker = (members: string) => `{ agents: { defaults: { sandbox: { docker: { ${members} } } } } }`
const dockerKey = 'agents.defaults.sandbox.docker'

describe('what the schema accepts', () => {
  it('whatever the released Moltbot may have in the sections that this program reads', async () => {
    const loaded = await load(`{
      meta: { lastTouchedVersion: '2026.1.24-3', lastTouchedAt: '2026-01-24T10:00:00Z' },
      wizard: { lastRunAt: 'x' }, plugins: { entries: { whatsapp: { enabled: true } } }, skills: {}, hooks: {},
      gateway: { mode: 'local', port: 18789, nodes: { browser: { mode: 'auto' } },
        http: { endpoints: { responses: { enabled: true, maxBodyBytes: 1, files: { pdf: { minTextChars: 0 } } } } } },
      agents: { defaults: { workspace: '/w', model: { primary: 'a/b' }, models: { 'a/b': { alias: 'c' } }, maxConcurrent: 4,
          subagents: { maxConcurrent: 8, model: 'a/b' }, compaction: { mode: 'safeguard' }, heartbeat: { every: '30m' },
          sandbox: { mode: 'non-main', docker: { network: 'none', ulimits: { nofile: { soft: 1 }, core: 0 } } } },
        list: [{ id: 'main', identity: { name: 'M' }, tools: { exec: { security: 'allowlist' } } }] },
      messages: { ackReactionScope: 'group-mentions', queue: { mode: 'steer+backlog', byChannel: { whatsapp: 'queue' },
        debounceMsByChannel: { anything: 5 }, drop: 'summarize' } },
      commands: { native: 'auto', nativeSkills: true }, session: { dmScope: 'per-account-channel-peer' },
      channels: { whatsapp: { dmPolicy: 'open', allowFrom: ['*'], accounts: { a: { authDir: '/a' } } }, nostr: { x: 1 } },
      update: { channel: 'dev', checkOnStart: false }, web: { reconnect: { jitter: 0.5, maxAttempts: 0 } },
    }`)
    expect(loaded).toMatchObject({ ok: true, warnings: [] })
  })

  it('the manual’s names for limits of the sandbox, which become Moltbot’s', async () => {
    const both = await load(docker('cpuLimit: "0.5", memoryLimit: "2g"'))
    expect(both.ok && both.config.agents?.defaults?.sandbox?.docker).toEqual({ cpus: 0.5, memory: '2g' })
    expect(await load(docker('cpuLimit: 2, cpus: 2, memory: "2g", memoryLimit: "2g"'))).toMatchObject({
      ok: true,
    })
    const agent = await load('{ agents: { list: [{ id: "a", sandbox: { docker: { cpuLimit: "2" } } }] } }')
    expect(agent.ok && agent.config.agents?.list?.[0]?.sandbox?.docker).toEqual({ cpus: 2 })
  })

  it.each([
    ['two values for one thing', 'cpuLimit: 1, cpus: 2', 'cpuLimit'],
    ['no number', 'cpuLimit: "two"', 'cpuLimit'],
    ['zero', 'cpuLimit: 0', 'cpuLimit'],
    ['no size', 'memoryLimit: ["2g"]', 'memoryLimit'],
    ['the real name with a text', 'cpus: "2"', 'cpus'],
  ])('but not %s', async (_, members, key) => {
    expect(await load(docker(members))).toMatchObject({
      ok: false,
      params: { key: `${dockerKey}.${key}`, line: 1 },
    })
  })
})

describe('what takes the sandbox from a sandbox is refused', () => {
  it.each([
    ['network: "host"', 'network'],
    ['network: " HOST "', 'network'],
    ['network: "container:other"', 'network'],
    ['seccompProfile: "unconfined"', 'seccompProfile'],
    ['apparmorProfile: "Unconfined"', 'apparmorProfile'],
    ['binds: ["/data:/data", "/var/run/docker.sock:/var/run/docker.sock"]', 'binds[1]'],
    ['binds: ["/run/docker.sock:/x:ro"]', 'binds[0]'],
    ['binds: ["/home/me/docker.sock:/x"]', 'binds[0]'],
    ['binds: ["/var/run:/x"]', 'binds[0]'],
    ['binds: ["/var//run/../run/:/x"]', 'binds[0]'],
    ['binds: ["/:/host:ro"]', 'binds[0]'],
  ])('%s', async (members, key) => {
    expect(await load(docker(members))).toMatchObject({ ok: false, params: { key: `${dockerKey}.${key}` } })
    const agent = `{ agents: { list: [{ id: "a", sandbox: { docker: { ${members} } } }] } }`
    expect(await load(agent)).toMatchObject({ params: { key: `agents.list[0].sandbox.docker.${key}` } })
  })

  it.each([
    'network: "none"',
    'network: "hosting"',
    'seccompProfile: "/p.json"',
    'binds: ["/var/runs:/x", "data:/y"]',
  ])('but not %s', async (members) => {
    expect(await load(docker(members))).toMatchObject({ ok: true })
  })
})

describe('what stands in the wrong place', () => {
  it.each([
    ['{ gateway: { bnd: "lan" } }', 'gateway.bnd', 'gateway.bind'],
    ['{ gateway: { token: "x" } }', 'gateway.token', 'gateway.auth.token'],
    ['{ whatsapp: {} }', 'whatsapp', 'channels.whatsapp'],
    ['{ agent: {} }', 'agent', 'agents.defaults'],
    ['{ routing: {} }', 'routing', 'messages'],
    ['{ mesages: {} }', 'mesages', 'messages'],
    [
      '{ agents: { list: [{ id: "a", sandbox: { scop: "agent" } }] } }',
      'agents.list[0].sandbox.scop',
      'agents.list[0].sandbox.scope',
    ],
    [
      '{ channels: { whatsapp: { accounts: { a: { authdir: "x" } } } } }',
      'channels.whatsapp.accounts.a.authdir',
      'channels.whatsapp.accounts.a.authDir',
    ],
    ['{ gateway: { bind: "0.0.0.0" } }', 'gateway.bind', 'lan'],
    ['{ gateway: { bind: "loopbck" } }', 'gateway.bind', 'loopback'],
    ['{ logging: { level: "warning" } }', 'logging.level', 'warn'],
    ['{ messages: { queue: { drop: "oldest" } } }', 'messages.queue.drop', 'old'],
    [
      '{ agents: { defaults: { subagents: { model: { primay: "x" } } } } }',
      'agents.defaults.subagents.model.primay',
      'agents.defaults.subagents.model.primary',
    ],
    ['{ gateway: { nothingLikeIt: 1 } }', 'gateway.nothingLikeIt', undefined],
    ['{ channels: { whatsapp: { dmPolicy: "open" } } }', 'channels.whatsapp.allowFrom', undefined],
  ])('%s: says what was meant', async (text, key, suggestion) => {
    const loaded = await load(text)
    expect(loaded).toMatchObject({ ok: false, code: 'CONFIG_INVALID', params: { key } })
    expect(!loaded.ok && loaded.params).toHaveProperty('detail')
    expect(!loaded.ok && 'suggestion' in loaded.params ? loaded.params.suggestion : undefined).toBe(
      suggestion,
    )
  })

  it.each([
    ['{ gateway: { port: "18789" } }', 'must be a whole number from 1 to 65535, without quotes'],
    ['{ gateway: { port: 1.5 } }', 'must be a whole number from 1 to 65535'],
    ['{ session: { reset: { atHour: 24 } } }', 'must be from 0 to 23'],
    ['{ messages: { queue: { cap: 0 } } }', 'must be at least 1'],
    ['{ web: { reconnect: { factor: 0 } } }', 'must be more than 0'],
    ['{ commands: { restart: "true" } }', 'must be true or false, without quotes'],
    ['{ commands: { native: 1 } }', 'must be true or false, or auto'],
    ['{ agents: { list: [{}] } }', 'is missing; it must be text'],
    ['{ agents: { defaults: { heartbeat: { every: "soon" } } } }', 'must be a duration such as 30m or 1h'],
  ])('%s: says what may stand there', async (text, detail) => {
    expect(await load(text)).toMatchObject({ ok: false, params: { detail } })
  })

  it('is told of all files at once, of each with its place', async () => {
    const { load: loadAll, paths } = folder({
      'moltbot.json':
        '{\n $include: ["a.json", "none.json", "b.json"],\n logging: { level: 1 },\n ui: "${NONE}"\n}',
      'a.json': '{\n\n gateway: { prot: 1 } }',
      'b.json': '{ gateway: ',
    })
    const loaded = await loadAll()
    const all = loaded.ok ? [] : [{ code: loaded.code, params: loaded.params }, ...loaded.others]
    const at = (name: string) => `${paths.stateDir}/${name}`
    expect(all).toMatchObject([
      { code: 'CONFIG_INVALID', params: { path: at('moltbot.json'), key: '$include', line: 2 } },
      { code: 'CONFIG_SYNTAX', params: { path: at('b.json'), line: 1, column: 12 } },
      {
        code: 'CONFIG_INVALID',
        params: { path: at('a.json'), key: 'gateway.prot', line: 3, suggestion: 'gateway.port' },
      },
      { code: 'CONFIG_INVALID', params: { path: at('moltbot.json'), key: 'logging.level', line: 3 } },
      { code: 'CONFIG_INVALID', params: { path: at('moltbot.json'), key: 'ui', line: 4 } },
    ])
    expect(all).toHaveLength(5)
    expect(JSON.stringify(all)).toContain('moltbot secrets set NONE')
  })

  it('is told of twenty places, and how many there are besides', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `k${at}: 1`).join()
    const loaded = await load(`{ gateway: { ${many} } }`)
    expect(!loaded.ok && loaded.others).toHaveLength(20)
    expect(!loaded.ok && loaded.others.at(-1)).toMatchObject({
      code: 'CONFIG_MORE_INVALID',
      params: { more: 10 },
    })
  })

  it('is no mistake of whoever goes back from a newer Moltbot', async () => {
    const text = (version: string) =>
      `{ meta: { lastTouchedVersion: '${version}' }, gateway: { newKey: 1, port: 5 }, newSection: {} }`
    for (const newer of ['2026.1.30', '2026.2.0-beta.1', '2027.1.1']) {
      const loaded = await load(text(newer))
      expect(loaded).toMatchObject({ ok: true, config: { gateway: { port: 5 } } })
      expect(loaded.ok && loaded.warnings.map(({ key }) => key)).toEqual(['gateway.newKey', 'newSection'])
      expect(JSON.stringify(loaded.ok && loaded.config)).not.toMatch(/new/)
    }
    const agents = `{ meta: { lastTouchedVersion: '2026.2.1' }, agents: { list: [{ id: 'a', newKey: 1 }, { id: 'b' }] } }`
    expect(await load(agents)).toMatchObject({
      ok: true,
      config: { agents: { list: [{ id: 'a' }, { id: 'b' }] } },
    })
    for (const known of ['2026.1.29', '2026.1.24-3', '2025.12.31', 'soon']) {
      expect(await load(text(known))).toMatchObject({ ok: false, params: { key: 'gateway.newKey' } })
    }
  })

  const newer = (sections: string) => load(`{ meta: { lastTouchedVersion: '2026.9.6' }, ${sections} }`)

  it.each([
    [
      'agents: { defaults: { model: "anthropic/x", timeoutSeconds: 5 } }',
      'agents.defaults.model',
      'timeoutSeconds',
    ],
    [
      'agents: { defaults: { thinkingDefault: "adaptive" }, list: [{ id: "kept" }] }',
      'agents.defaults.thinkingDefault',
      'kept',
    ],
    ['messages: { tts: { provider: "microsoft" }, ackReaction: "kept" }', 'messages.tts.provider', 'kept'],
  ])(
    'leaves out a value of a kind that only the newer one knows, and says so: %s',
    async (sections, key, kept) => {
      const loaded = await newer(sections)
      expect(loaded.ok && loaded.warnings.map((warning) => warning.key)).toEqual([key])
      expect(JSON.stringify(loaded.ok && loaded.config)).toContain(kept)
      expect(JSON.stringify(loaded.ok && loaded.config)).not.toMatch(/anthropic|adaptive|microsoft/)
      expect(await load(`{ ${sections} }`)).toMatchObject({ ok: false, params: { key } })
    },
  )

  it.each([
    ['gateway: { auth: { mode: "none" } }', 'gateway.auth.mode'],
    ['agents: { defaults: { sandbox: { mode: "new" } } }', 'agents.defaults.sandbox.mode'],
    ['agents: { defaults: "new" }', 'agents.defaults'],
    ['agents: { list: [{ id: "a", tools: { deny: "new" } }] }', 'agents.list[0].tools.deny'],
    ['agents: { list: [{ name: "without an id" }] }', 'agents.list[0].id'],
    ['channels: { whatsapp: { allowFrom: [5] } }', 'channels.whatsapp.allowFrom[0]'],
    ['session: { dmScope: "new" }', 'session.dmScope'],
    ['commands: { bash: "new" }', 'commands.bash'],
  ])('refuses one without which more would be open: %s', async (sections, key) => {
    expect(await newer(sections)).toMatchObject({ ok: false, params: { key } })
  })
})

describe('what this gateway does not serve is refused with what to do', () => {
  it.each([
    ['{ gateway: { mode: "remote" } }', 'gateway.mode'],
    ['{ gateway: { tls: { enabled: true } } }', 'gateway.tls.enabled'],
    ['{ gateway: { tailscale: { mode: "funnel" } } }', 'gateway.tailscale.mode'],
    ['{ gateway: { bind: "lan" } }', 'gateway.bind'],
    ['{ gateway: { bind: "tailnet" } }', 'gateway.bind'],
    ['{ gateway: { bind: "custom" } }', 'gateway.customBindHost'],
    [
      '{ gateway: { bind: "custom", customBindHost: "example.org", auth: { token: "x" } } }',
      'gateway.customBindHost',
    ],
    ['{ gateway: { auth: { mode: "password", token: "x" } } }', 'gateway.auth.mode'],
  ])('%s', async (text, key) => {
    const loaded = await load(text)
    expect(loaded.ok && (await checkSupported(loaded))).toMatchObject({ params: { key, line: 1 } })
  })

  it.each([
    '{ gateway: { bind: "loopback" } }',
    '{ gateway: { bind: "auto" } }',
    '{ gateway: { bind: "lan", auth: { token: "x" } } }',
    '{ gateway: { bind: "lan", auth: { mode: "password", password: "x" } } }',
    '{ gateway: { bind: "custom", customBindHost: "192.168.1.5", auth: { token: "x" } } }',
  ])('but not %s', async (text) => {
    const loaded = await load(text)
    expect(loaded.ok && (await checkSupported(loaded))).toBeNull()
  })
})

describe('the schema for others', () => {
  it('names every section, and a hint stands at a key that there is', async () => {
    const schema = await jsonSchemaOf()
    const names = Object.keys(Object(schema.properties))
    expect(names.sort()).toEqual(
      ['$schema', ...Object.keys(sectionSchemas), ...Object.keys(foreignSections)].sort(),
    )
    for (const key of Object.keys(hints)) {
      const path = key.split('.')
      const part = path.reduce<unknown>((at, step) => Object(Object(at).properties)[step], schema)
      expect(part, key).toBeTypeOf('object')
    }
    expect(Object.keys(hints).filter((key) => hints[key]?.sensitive)).toEqual([
      'gateway.auth.token',
      'gateway.auth.password',
      'gateway.remote.token',
      'gateway.remote.password',
    ])
  })
})
