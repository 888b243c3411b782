// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeGatewayPort } from '../../../../host/config/edit-config-file.ts'
import { writeFileAtomically } from '../../../../host/files/atomic-write.ts'
import { asOrdinaryUser } from './ordinary-user.ts'
import { stateFolders } from './state-folder.ts'

const text = `// Mine.
{
  $include: ['./channels.json5'],
  gateway: {
    mode: 'local',
    port: 18789, // the usual one
    auth: { token: '$\{T}' },
  },
  agents: { list: [{ id: 'main', }, ], },
}
`
const files = { 'moltbot.json': text, 'channels.json5': '{ channels: { whatsapp: { selfChatMode: true } } }' }
const env = { T: 'secret-value' }

describe('writing gateway.port', () => {
  const stateFolder = stateFolders()
  const read = (path: string) => readFileSync(path, 'utf8')

  it('changes the port and no other byte, keeps the mode, and leaves only a backup', async () => {
    const { paths } = stateFolder(files)
    chmodSync(paths.configPath, 0o640)
    expect(await writeGatewayPort({ paths, env }, 19_001)).toEqual({ ok: true })
    expect(read(paths.configPath)).toBe(text.replace('18789', '19001'))
    expect(statSync(paths.configPath).mode & 0o777).toBe(0o640)
    expect((await readdir(paths.stateDir)).sort()).toEqual([
      'channels.json5',
      'moltbot.json',
      'moltbot.json.bak.1',
    ])
    expect(read(`${paths.configPath}.bak.1`)).toBe(text)
    expect(await writeGatewayPort({ paths, env }, null)).toEqual({ ok: true })
    expect(read(paths.configPath)).toBe(text.replace('port: 18789, // the usual one', '// the usual one'))
    expect(await writeGatewayPort({ paths, env }, 18_789)).toEqual({ ok: true })
    expect(read(paths.configPath)).toContain('${T}')
  })

  it('does not touch a file that says so already', async () => {
    const { paths } = stateFolder(files)
    const before = statSync(paths.configPath)
    expect(await writeGatewayPort({ paths, env }, 18_789)).toEqual({ ok: true })
    expect(statSync(paths.configPath)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs })
  })

  it('writes through a link', async () => {
    const { paths } = stateFolder({ 'channels.json5': '{}' })
    mkdirSync(join(paths.stateDir, 'dotfiles'))
    const target = join(paths.stateDir, 'dotfiles', 'moltbot.json5')
    writeFileSync(target, '{ gateway: {} }')
    symlinkSync('dotfiles/moltbot.json5', paths.configPath)
    expect(await writeGatewayPort({ paths, env }, 19_001)).toEqual({ ok: true })
    expect(readlinkSync(paths.configPath)).toBe('dotfiles/moltbot.json5')
    expect(read(target)).toBe('{ gateway: {port: 19001} }')
  })

  it('makes a file that is not there, and nothing else: whoever starts the gateway keeps its token', async () => {
    const { paths, load } = stateFolder()
    expect(await writeGatewayPort({ paths, env: {} }, null)).toEqual({ ok: true })
    expect(await readdir(paths.stateDir)).toEqual([])
    expect(await writeGatewayPort({ paths, env: {} }, 19_001)).toEqual({ ok: true })
    expect(statSync(paths.configPath).mode & 0o777).toBe(0o600)
    expect((await readdir(paths.stateDir)).sort()).toEqual(['moltbot.json', 'moltbot.json.bak.1'])
    expect(await load()).toMatchObject({ ok: true, config: { gateway: { port: 19_001, mode: 'local' } } })
  })

  it('leaves nothing behind where that file could not be changed any more, as on a full disk', async () => {
    const { paths } = stateFolder()
    const own = {
      ...paths,
      stateDir: join(paths.stateDir, 'own'),
      configPath: join(paths.stateDir, 'own', 'c'),
    }
    const write = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
    expect(await writeGatewayPort({ paths: own, env: {}, write }, 19_001)).toMatchObject({
      code: 'CONFIG_NOT_WRITTEN',
      params: { detail: 'ENOSPC' },
    })
    expect(await readdir(paths.stateDir)).toEqual([])
  })

  it('takes in what someone else wrote at the last moment', async () => {
    const { paths } = stateFolder(files)
    let interruptions = 1
    const write: typeof writeFileAtomically = (path, data, mode, beforeRename) => {
      if (interruptions-- > 0) writeFileSync(paths.configPath, text.replace('main', 'other'))
      return writeFileAtomically(path, data, mode, beforeRename)
    }
    expect(await writeGatewayPort({ paths, env, write }, 19_001)).toEqual({ ok: true })
    expect(read(paths.configPath)).toBe(text.replace('main', 'other').replace('18789', '19001'))
  })

  it('gives way to someone who does not stop writing', async () => {
    const { paths } = stateFolder(files)
    let last = ''
    const write: typeof writeFileAtomically = (path, data, mode, beforeRename) => {
      last = `${read(paths.configPath)}// more\n`
      writeFileSync(paths.configPath, last)
      return writeFileAtomically(path, data, mode, beforeRename)
    }
    expect(await writeGatewayPort({ paths, env, write }, 19_001)).toEqual({
      ok: false,
      code: 'CONFIG_CHANGED_MEANWHILE',
      params: { path: paths.configPath },
    })
    expect(read(paths.configPath)).toBe(last)
    expect((await readdir(paths.stateDir)).filter((name) => !name.includes('.bak'))).toHaveLength(2)
  })

  it.each([
    ['CONFIG_SYNTAX', { 'moltbot.json': '{ gateway: { port: 1 }' }],
    ['CONFIG_INVALID', { 'moltbot.json': '{ gateway: { bind: "moon" } }' }],
    ['CONFIG_INVALID', { 'moltbot.json': '{ logging: { file: "${MISSING}" } }' }],
    ['CONFIG_INVALID', { 'moltbot.json': '{ $include: "./gone.json5" }' }],
  ])('leaves a file alone that cannot be read anyway: %s', async (code, broken) => {
    const { paths } = stateFolder(broken)
    expect(await writeGatewayPort({ paths, env }, 19_001)).toMatchObject({ ok: false, code })
    expect(read(paths.configPath)).toBe(broken['moltbot.json'])
  })

  it.each([
    ['the file is read-only', 0o444, 0o700, 'EACCES'],
    ['the folder is read-only', 0o600, 0o500, 'EACCES'],
  ])('says so where %s', async (_what, fileMode, folderMode, detail) => {
    const { paths } = stateFolder({ 'own/moltbot.json': text, 'own/channels.json5': '{}' })
    const folder = join(paths.stateDir, 'own')
    const own = { ...paths, configPath: join(folder, 'moltbot.json') }
    chmodSync(own.configPath, fileMode)
    if (process.getuid?.() === 0) chownSync(own.configPath, 65_534, 65_534)
    const outcome = await asOrdinaryUser(folder, folderMode, () =>
      writeGatewayPort({ paths: own, env }, 19_001),
    )
    chmodSync(folder, 0o700)
    expect(outcome).toMatchObject({ code: 'CONFIG_NOT_WRITTEN', params: { detail } })
    expect(read(own.configPath)).toBe(text)
    expect(await readdir(folder)).toHaveLength(2)
  })
})
