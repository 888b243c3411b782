// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Problem } from '../../../../shared/problem.ts'
import { problemText } from '../../../../shared/wording/terminal-text.ts'
import { mutated, seeded } from './mutations.ts'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()
const count = 1_000
const limitMs = 100
/** As long as the tokens that are made here; in a value, as any of a person's. */
const canary = 'c4nary-0123456789abcdef0123456789abcdef0123456789abcdef01234567'

const files = {
  'moltbot.json': `{
  // the gateway
  "gateway": { mode: 'local', port: 18789, bind: "loopback", auth: { token: "${canary}", password: '${canary}' },
    remote: { token: "\${SECRET}" }, reload: { mode: "hybrid", debounceMs: 300 }, },
  logging: { level: "info", redactPatterns: ["/a+b/i", "c"] }, /* more */
  $include: ["a.json", "sub/b.json"],
  agents: { defaults: { sandbox: { mode: "all", docker: { cpuLimit: "2", memoryLimit: "2g", binds: ["/a:/b"] } } },
    list: [{ id: "main", default: true }, { id: "other", model: { primary: "x/y", fallbacks: ["z"] } }] },
  messages: { queue: { mode: "collect", cap: 20, byChannel: { whatsapp: "steer" }, debounceMsByChannel: { a: 1 } } },
  channels: { whatsapp: { dmPolicy: "open", allowFrom: ["*"], groups: { "1@g.us": { requireMention: true } } },
    telegram: { botToken: "${canary}" } },
  env: { OPENAI_API_KEY: "${canary}", vars: { B: "$\${not}" } },
  session: { reset: { mode: "daily", atHour: 4 } }, commands: { native: "auto" }, web: { reconnect: { jitter: .25 } },
}`,
  'a.json': `{ channels: { slack: { appToken: "${canary}" } }, update: { channel: "stable" } }`,
  'sub/b.json': `{ models: { providers: { p: { apiKey: "${canary}", baseUrl: "http://x" } } }, $include: "c.json" }`,
  'sub/c.json': '{ ui: { seamColor: "#aabbcc" }, talk: [1, 2, 3] }',
}

it(`${count} mutations are accepted, or refused with line and column, quickly, in silence about secrets`, async () => {
  const seed = Number(process.env.MOLTBOT_TEST_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed} (MOLTBOT_TEST_SEED=${seed} repeats it)`)
  const random = seeded(seed)
  const { paths, load } = folder(files)
  const env = { SECRET: canary }
  expect(await load(env)).toMatchObject({ ok: true })
  const prototype = Object.getOwnPropertyNames(Object.prototype).sort()
  const names = Object.keys(files)
  const codes = new Map<string, number>()
  for (let round = 0; round < count; round += 1) {
    const name = names[Math.floor(random() * names.length * 2)] ?? 'moltbot.json'
    const [, original = ''] = Object.entries(files).find(([file]) => file === name) ?? []
    const path = join(paths.stateDir, name)
    const text = mutated(original, random)
    writeFileSync(path, text)
    const bytes = readFileSync(path)
    let [loaded, took] = await timed(load, env)
    // Somebody else's turn on the processor, or the text? Only a text is slow each time.
    for (let again = 0; took >= limitMs && again < 3; again += 1) [loaded, took] = await timed(load, env)
    expect(took, `round ${round}: ${text}`).toBeLessThan(limitMs)
    const problems = loaded.ok
      ? []
      : [{ code: loaded.code, params: loaded.params } as Problem, ...loaded.others]
    for (const found of problems) {
      codes.set(found.code, (codes.get(found.code) ?? 0) + 1)
      if (found.code === 'CONFIG_INVALID' || found.code === 'CONFIG_SYNTAX') {
        const { line, column, path: where } = found.params
        const lines = readFileSync(where, 'utf8').split(/\r\n|[\n\r\u2028\u2029]/)
        expect(line, `round ${round}: ${text}`).toBeGreaterThan(0)
        expect(line, `round ${round}: ${text}`).toBeLessThanOrEqual(lines.length)
        expect(column, `round ${round}: ${text}`).toBeGreaterThan(0)
      }
      expect(problemText(found), `round ${round}: ${text}`).not.toContain(canary)
    }
    const told = JSON.stringify([problems, loaded.ok && loaded.warnings])
    expect(told, `round ${round}: ${text}`).not.toContain(canary)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    writeFileSync(path, original)
  }
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototype)
  expect({}).not.toHaveProperty('polluted')
  // Nothing was written besides, and the mutations reach all that a text can be.
  expect(readdirSync(paths.stateDir).sort()).toEqual(['a.json', 'moltbot.json', 'sub'])
  expect(codes.get('CONFIG_SYNTAX')).toBeGreaterThan(count / 20)
  expect(codes.get('CONFIG_INVALID')).toBeGreaterThan(count / 20)
}, 60_000)

type Load = ReturnType<typeof folder>['load']

async function timed(load: Load, env: Record<string, string>): Promise<[Awaited<ReturnType<Load>>, number]> {
  const startedAt = performance.now()
  const loaded = await load(env)
  return [loaded, performance.now() - startedAt]
}
