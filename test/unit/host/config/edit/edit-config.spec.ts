// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { editConfig } from '../../../../../host/config/edit/edit-config.ts'
import { parseKey } from '../../../../../host/config/edit/key-path.ts'
import { writeFileAtomically } from '../../../../../host/files/atomic-write.ts'
import { stateFolders } from '../state-folder.ts'

const main = `// Mine.
{
  $include: "./base.json5",
  gateway: { $include: "./gateway.json5" },
  logging: { level: 'info' }, // quiet
  agents: { list: [{ $include: './one.json5' }, { id: 'two' }] },
}
`
const files = {
  'moltbot.json': main,
  'base.json5':
    "{ logging: {\n level: 'warn',\n consoleLevel: 'warn' /* loud */ }, session: { scope: 'global' } }",
  'gateway.json5': "// The gateway.\n{ mode: 'local', auth: { token: '${T}' } }\n",
  'one.json5': "{ id: 'one' }",
}
const env = { T: 'c4nary-value-of-the-token', PLACE: '/tmp/x' }

describe('editing the configuration', () => {
  const stateFolder = stateFolders()

  function edit(paths: ReturnType<typeof stateFolder>['paths'], key: string, value?: unknown) {
    return editConfig({ paths, env }, [{ key: steps(key), value }])
  }

  it('changes what an included file says in that file, and no other', async () => {
    for (const [key, value, file, from, to] of [
      ['logging.consoleLevel', 'error', 'base.json5', "'warn' /*", '"error" /*'],
      ['gateway.port', 19_001, 'gateway.json5', '{ mode', '{ port: 19001, mode'],
      ['gateway.mode', undefined, 'gateway.json5', "mode: 'local', ", ''],
      ['logging.level', 'debug', 'moltbot.json', "'info'", '"debug"'],
      ['agents.list[0].id', 'uno', 'one.json5', "'one'", '"uno"'],
      ['agents.list.1.id', 'dos', 'moltbot.json', "'two'", '"dos"'],
      ['agents.list[]', { id: 'three' }, 'moltbot.json', "'two' }]", '\'two\' }, { id: "three" }]'],
      [
        'messages.queue.cap',
        7,
        'moltbot.json',
        '{\n',
        '{\n  messages: {\n    queue: {\n      cap: 7\n    }\n  },\n',
      ],
    ] as const) {
      const { paths } = stateFolder(files)
      const outcome = await edit(paths, key, value)
      expect(outcome, key).toMatchObject({ ok: true, isChanged: true, path: join(paths.stateDir, file) })
      for (const [name, text] of Object.entries(files)) {
        const expected = name === file ? text.replace(from, to) : text
        expect(readFileSync(join(paths.stateDir, name), 'utf8'), `${key} in ${name}`).toBe(expected)
      }
      expect(readFileSync(join(paths.stateDir, `${file}.bak.1`), 'utf8')).toBe(files[file])
    }
  })

  it.each([
    ['logging', { level: 'info' }, 'base.json5, line 3'],
    ['logging.level', undefined, 'logging.level is also set in'],
    ['agents.list[0]', undefined, 'one.json5; take out the $include'],
    ['agents.list[7]', { id: 'x' }, 'agents.list is a list of 2; append to it with []'],
    ['agents.list.first', 1, 'agents.list is a list: its items have numbers'],
    ['logging.level.x', 1, 'logging.level is a single value'],
    ['logging[]', 1, 'logging is an object'],
    ['messages.queue[3]', 1, 'there is no list at messages.queue yet'],
    ['messages.__proto__.x', 1, '__proto__ is no key'],
  ])('refuses what has no one place: %s', async (key, value, detail) => {
    const { paths } = stateFolder(files)
    const outcome = await edit(paths, key, value)
    expect(outcome).toMatchObject({
      code: 'CONFIG_NOT_EDITABLE',
      params: { detail: expect.stringContaining(detail) },
    })
    expect((await readdir(paths.stateDir)).sort()).toEqual(Object.keys(files).sort())
  })

  it('refuses where the same file is included twice', async () => {
    const twice =
      "{ agents: { defaults: { $include: './d.json5' } }, web: { reconnect: { $include: './d.json5' } } }"
    const { paths } = stateFolder({ 'moltbot.json': twice, 'd.json5': '{}' })
    expect(await edit(paths, 'agents.defaults.workspace', '/x')).toMatchObject({
      params: { detail: 'more than agents.defaults.workspace would have changed' },
    })
    expect(readFileSync(join(paths.stateDir, 'd.json5'), 'utf8')).toBe('{}')
  })

  it('does not make a valid file invalid, and says every problem', async () => {
    const { paths } = stateFolder(files)
    expect(await edit(paths, 'messages.queue', { cap: 0, mode: 'sideways' })).toMatchObject({
      code: 'CONFIG_CHANGE_INVALID',
      params: { key: 'messages.queue.cap', more: 1 },
      others: [{ code: 'CONFIG_INVALID', params: { key: 'messages.queue.mode' } }],
    })
    expect(await edit(paths, 'logging.file', '${ABSENT}')).toMatchObject({ code: 'CONFIG_CHANGE_INVALID' })
    expect(readFileSync(paths.configPath, 'utf8')).toBe(main)
  })

  it('mends an invalid file step by step, and brings no new problem', async () => {
    const broken = "{ gateway: { bind: 'moon', port: 0 }, logging: { level: 'info' } }"
    const { paths, load } = stateFolder({ 'moltbot.json': broken })
    expect(await edit(paths, 'logging.level', 'debug')).toMatchObject({ code: 'CONFIG_INVALID' })
    expect(await edit(paths, 'gateway.bind', 'sun')).toMatchObject({ ok: false })
    expect(await edit(paths, 'logging', { level: 'loud' })).toMatchObject({
      code: 'CONFIG_CHANGE_INVALID',
      params: { key: 'logging.level' },
    })
    expect(readFileSync(paths.configPath, 'utf8')).toBe(broken)
    expect(await edit(paths, 'gateway.port')).toMatchObject({ ok: true, after: { ok: false } })
    expect(await edit(paths, 'gateway.bind', 'loopback')).toMatchObject({ ok: true, after: { ok: true } })
    expect(await load()).toMatchObject({ ok: true, config: { gateway: { bind: 'loopback' } } })
  })

  it('mends a file with more problems than are told at once', async () => {
    const unknown = Array.from({ length: 40 }, (_, at) => `unknown${at}: 1`)
    const { paths, load } = stateFolder({ 'moltbot.json': `{ gateway: { ${unknown.join(', ')} } }` })
    expect(await edit(paths, 'gateway.another', 1)).toMatchObject({ ok: false })
    for (const at of unknown.keys()) {
      expect(await edit(paths, `gateway.unknown${at}`), String(at)).toMatchObject({ ok: true })
    }
    expect(readFileSync(paths.configPath, 'utf8')).toBe('{ gateway: { } }')
    expect(await load()).toMatchObject({ ok: true })
  })

  it('puts no secret into the file, and no value in the place of a reference', async () => {
    const { paths, load } = stateFolder({
      'moltbot.json': "{ gateway: { auth: { token: '${T}' } }, logging: { file: '${PLACE}/a' } }",
    })
    const before = readFileSync(paths.configPath)
    const canary = 'c4nary-9f8e7d6c5b4a3f2e1d0c'
    const outcomes = [
      await edit(paths, 'gateway.auth.token', canary),
      await edit(paths, 'gateway.auth', { token: canary }),
      await edit(paths, 'channels.telegram', { botToken: canary, enabled: true }),
      await edit(paths, 'channels.discord', { token: `Bearer $\{T} ${canary}` }),
      await edit(paths, 'env.OPENAI_API_KEY', canary),
      await edit(paths, 'logging.file', '/tmp/a'),
    ]
    expect(outcomes).toMatchObject([
      { code: 'CONFIG_REFERENCE_REPLACED', params: { key: 'gateway.auth.token', name: 'T' } },
      { code: 'CONFIG_REFERENCE_REPLACED' },
      { code: 'CONFIG_SECRET_LITERAL', params: { name: 'TELEGRAM_BOT_TOKEN' } },
      { code: 'CONFIG_SECRET_LITERAL' },
      { code: 'CONFIG_SECRET_LITERAL', params: { name: 'OPENAI_API_KEY' } },
      { code: 'CONFIG_REFERENCE_REPLACED', params: { key: 'logging.file', name: 'PLACE' } },
    ])
    expect(JSON.stringify(outcomes)).not.toContain('c4nary')
    expect(readFileSync(paths.configPath)).toEqual(before)
    expect(await edit(paths, 'channels.telegram', { botToken: '${T}', enabled: true })).toMatchObject({
      ok: true,
    })
    expect(await edit(paths, 'logging.file', '${PLACE}/b')).toMatchObject({ ok: true })
    const meant = { key: steps('gateway.auth.token'), value: canary }
    expect(await editConfig({ paths, env }, [meant], { allowsLiterals: true })).toMatchObject({ ok: true })
    expect(await load(env)).toMatchObject({ token: { value: canary } })
  })

  it('takes an item out of a list of secrets that are there already', async () => {
    const list =
      "{ channels: { discord: { accounts: [{ token: '${T}' }, { token: 'one-c4nary' }, { token: 'two-c4nary' }] } } }"
    const { paths } = stateFolder({ 'moltbot.json': list })
    expect(await edit(paths, 'channels.discord.accounts[0]')).toMatchObject({ ok: true })
    expect(readFileSync(paths.configPath, 'utf8')).toBe(list.replace("{ token: '${T}' }, ", ''))
    expect(await edit(paths, 'channels.discord.accounts[0].token', 'three-c4nary')).toMatchObject({
      code: 'CONFIG_SECRET_LITERAL',
    })
  })

  it('makes several edits at once, or none', async () => {
    const { paths } = stateFolder(files)
    const edits = [
      { key: steps('logging.level'), value: 'debug' },
      { key: steps('session.nothing'), value: undefined },
      { key: steps('agents.list[1]'), value: undefined },
    ]
    const astray = { key: steps('gateway.port'), value: 19_001 }
    expect(await editConfig({ paths, env }, [...edits, astray])).toMatchObject({
      params: { detail: expect.stringContaining('change each alone') },
    })
    expect(readFileSync(paths.configPath, 'utf8')).toBe(main)
    expect(await editConfig({ paths, env }, edits)).toMatchObject({ ok: true })
    expect(readFileSync(paths.configPath, 'utf8')).toBe(
      main.replace("'info'", '"debug"').replace(", { id: 'two' }", ''),
    )
  })

  it('keeps a byte order mark, CRLF and a link to an included file', async () => {
    const text =
      "\uFEFF{\r\n\t'logging': {\r\n\t\t'level': 'info',\r\n\t},\r\n\t$include: './link.json5'\r\n}\r\n"
    const { paths } = stateFolder({ 'moltbot.json': text, 'real.json5': '{ web: { enabled: true } }' })
    symlinkSync('real.json5', join(paths.stateDir, 'link.json5'))
    await edit(paths, 'logging.level', 'warn')
    await edit(paths, 'web.enabled', false)
    expect(readFileSync(paths.configPath, 'utf8')).toBe(text.replace("'info'", '"warn"'))
    expect(readFileSync(join(paths.stateDir, 'real.json5'), 'utf8')).toBe('{ web: { enabled: false } }')
    const names = await readdir(paths.stateDir, { withFileTypes: true })
    expect(names.filter((name) => name.isSymbolicLink()).map(({ name }) => name)).toEqual(['link.json5'])
  })

  it('changed-under-editor: takes in what came at the last moment, also to an included file', async () => {
    const { paths } = stateFolder(files)
    const included = join(paths.stateDir, 'gateway.json5')
    let interruptions = 2
    const write: typeof writeFileAtomically = (path, data, mode, beforeRename) => {
      if (interruptions-- > 0) {
        writeFileSync(included, readFileSync(included, 'utf8').replace('// The', '// The very'))
      }
      return writeFileAtomically(path, data, mode, beforeRename)
    }
    const edits = [{ key: steps('gateway.port'), value: 19_001 }]
    expect(await editConfig({ paths, env, write }, edits)).toMatchObject({ ok: true })
    expect(readFileSync(included, 'utf8')).toBe(
      files['gateway.json5'].replace('// The', '// The very very').replace('{ mode', '{ port: 19001, mode'),
    )
  })

  it('says that there is nothing to take out, and touches nothing for it', async () => {
    const { paths } = stateFolder()
    expect(await edit(paths, 'gateway.port')).toMatchObject({ code: 'CONFIG_KEY_NOT_SET' })
    expect(await readdir(paths.stateDir)).toEqual([])
    // Nor is anything left of a file that was made for an edit that is refused.
    const fresh = join(paths.stateDir, 'fresh')
    const elsewhere = {
      stateDir: fresh,
      configPath: join(fresh, 'moltbot.json'),
      envFilePath: join(fresh, '.env'),
    }
    expect(await edit(elsewhere, 'gateway.bnd', 1)).toMatchObject({ code: 'CONFIG_CHANGE_INVALID' })
    expect(await readdir(paths.stateDir)).toEqual([])
    expect(await edit(elsewhere, 'gateway.port', 1)).toMatchObject({ ok: true })
    expect((await stat(fresh)).mode & 0o777).toBe(0o700)
    const there = stateFolder(files).paths
    expect(await edit(there, 'gateway.port')).toMatchObject({ code: 'CONFIG_KEY_NOT_SET' })
    expect(await edit(there, 'logging.level', 'info')).toMatchObject({
      ok: true,
      isChanged: false,
      backup: null,
    })
    expect((await readdir(there.stateDir)).sort()).toEqual(Object.keys(files).sort())
  })
})

function steps(key: string) {
  const parsed = parseKey(key)
  if (!parsed.ok) throw new Error(parsed.detail)
  return parsed.steps
}
