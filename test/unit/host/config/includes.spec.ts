// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../../../host/config/load-config.ts'
import { readTextFile } from '../../../../host/config/read-text-file.ts'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()

describe('$include', () => {
  it('merges objects, lets siblings win and concatenates lists', async () => {
    const { load, paths } = folder({
      'moltbot.json': '{ $include: ["a.json", "./sub/b.json"], gateway: { port: 19003 }, bindings: [3] }',
      'a.json': '{ gateway: { port: 19001, bind: "loopback" }, bindings: [1], ui: true }',
      'sub/b.json': '{ gateway: { $include: "c.json" }, bindings: [2] }',
      'sub/c.json': '{ port: 19002, mode: "local" }',
    })
    const loaded = await load()
    expect(loaded).toMatchObject({
      ok: true,
      config: { gateway: { port: 19_003, bind: 'loopback', mode: 'local' }, bindings: [1, 2, 3], ui: true },
    })
    expect(loaded.ok && loaded.sources).toEqual([
      paths.configPath,
      ...['a.json', 'sub/b.json', 'sub/c.json'].map((name) => join(paths.stateDir, name)),
    ])
  })

  it('replaces a value by a whole file of another kind', async () => {
    const { load } = folder({ 'moltbot.json': '{ bindings: { $include: "l.json" } }', 'l.json': '[1, 2]' })
    expect(await load()).toMatchObject({ config: { bindings: [1, 2] } })
  })

  it('replaces references in an included file, and names that file where one has no value', async () => {
    const { load, paths } = folder({
      'moltbot.json': '{ $include: "sub/a.json", ui: "${A}" }',
      'sub/a.json': '{\n env: { B: "own" },\n talk: "${A} ${B} $${A}",\n media: "${C}" }',
    })
    expect(await load({ A: 'a', C: 'c' })).toMatchObject({
      config: { ui: 'a', talk: 'a own ${A}', media: 'c' },
    })
    expect(await load({ A: 'a' })).toMatchObject({
      ok: false,
      params: { path: join(paths.stateDir, 'sub/a.json'), key: 'media', line: 4, column: 2 },
    })
  })

  it('names the included file and its line for an issue inside it', async () => {
    const { load, paths } = folder({
      'moltbot.json': '{ gateway: { $include: "g.json" } }',
      'g.json': '{\n  mode: "local",\n  port: "x"\n}',
    })
    expect(await load()).toMatchObject({
      ok: false,
      code: 'CONFIG_INVALID',
      params: { path: join(paths.stateDir, 'g.json'), key: 'gateway.port', line: 3, column: 3 },
    })
  })

  it.each([
    ['include-cycle', { 'a.json': '{ $include: "b.json" }', 'b.json': '{ $include: "a.json" }' }, 'a.json'],
    ['itself', {}, 'moltbot.json'],
    ['include-traversal', {}, '../../../etc/hostname'],
    ['absolute', {}, '/etc/hostname'],
    ['missing', {}, 'nothing.json'],
    ['beside other keys a list', { 'a.json': '[1]' }, 'a.json'],
  ])('refuses %s with key, line and column', async (_, files, name) => {
    const { load } = folder({ 'moltbot.json': `{\n  ui: { $include: "${name}", y: 1 } }`, ...files })
    expect(await load()).toMatchObject({ ok: false, code: 'CONFIG_INVALID', params: { key: 'ui.$include' } })
  })

  it('refuses a link that leads out of the folder, and a FIFO', async () => {
    const { load, paths } = folder({ 'moltbot.json': '{ $include: "out.json" }' })
    symlinkSync('/etc/hostname', join(paths.stateDir, 'out.json'))
    expect(await load()).toMatchObject({ ok: false, code: 'CONFIG_INVALID' })

    const other = folder({ 'moltbot.json': '{ $include: "pipe" }' })
    execFileSync('mkfifo', [join(other.paths.stateDir, 'pipe')])
    expect(await other.load()).toMatchObject({ ok: false, code: 'CONFIG_NOT_A_FILE' })
  })

  it('reads ten files deep and no deeper', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, index) => [
          index === 0 ? 'moltbot.json' : `f${index}.json`,
          index === length - 1 ? '{ ui: true }' : `{ $include: "f${index + 1}.json" }`,
        ]),
      )
    expect(await folder(chain(11)).load()).toMatchObject({ ok: true, config: { ui: true } })
    expect(await folder(chain(12)).load()).toMatchObject({ ok: false, code: 'CONFIG_INVALID' })
  })

  it('ends a tree of lists that would name millions of files', async () => {
    const files: Record<string, string> = { 'moltbot.json': '{ $include: ["f1.json"] }' }
    for (let level = 1; level < 10; level += 1) {
      files[`f${level}.json`] =
        `{ $include: [${Array.from({ length: 10 }, () => `"f${level + 1}.json"`).join()}] }`
    }
    const { paths } = folder({ ...files, 'f10.json': '{}' })
    let reads = 0
    const loaded = await loadConfig(paths, {}, (path) => {
      reads += 1
      return readTextFile(path)
    })
    expect(loaded).toMatchObject({ ok: false })
    expect(reads).toBeLessThanOrEqual(64)
  })
})
