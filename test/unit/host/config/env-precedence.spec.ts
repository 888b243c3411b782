// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../../../host/config/load-config.ts'
import { resolveStatePaths } from '../../../../host/config/state-paths.ts'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()

/** A state folder, and another folder that a person stands in. */
function standing(files: Record<string, string>, working: string) {
  const { paths } = folder(files)
  const workingDir = join(paths.stateDir, 'elsewhere')
  mkdirSync(workingDir)
  const file = join(workingDir, '.env')
  writeFileSync(file, working, { mode: 0o600 })
  const load = (env: Record<string, string> = {}) => {
    const named = { MOLTBOT_STATE_DIR: paths.stateDir, ...env }
    return loadConfig(resolveStatePaths(named, '/nowhere', workingDir), named)
  }
  return { file, load, stateDir: paths.stateDir }
}

describe('the value of a reference', () => {
  it('comes from the process, then the working folder, then the state folder, then the configuration', async () => {
    const { load } = standing(
      {
        'moltbot.json': '{ env: { A: "c", B: "c", C: "c", D: "c" }, ui: "${A} ${B} ${C} ${D}" }',
        '.env': 'A=state\nB=state\nC=state\n',
      },
      'A=working\nB=working\n',
    )
    expect(await load({ A: 'process' })).toMatchObject({ config: { ui: 'process working state c' } })
    const { load: loadNamed, file } = standing({ 'moltbot.json': '{ ui: "${A}" }' }, 'A=working\n')
    const named = await loadNamed()
    expect(named.ok && named.sources.at(-1)).toBe(file)
    const own = await loadNamed({ A: 'process' })
    expect(own.ok && own.sources).not.toContain(file)
    expect(await load({ A: '' })).toMatchObject({ config: { ui: 'working working state c' } })
  })

  it('is never the working folder’s for what decides where things are, nor for the token', async () => {
    const names = [
      'CLAWDBOT_GATEWAY_TOKEN',
      'MOLTBOT_STATE_DIR',
      'HOME',
      'PATH',
      'NODE_OPTIONS',
      'HTTPS_PROXY',
    ]
    const { load } = standing({ '.env': '' }, names.map((name) => `${name}=/evil`).join('\n'))
    expect(await load()).toMatchObject({ ok: true, token: null, sources: [] })
    for (const name of names.filter((one) => one !== 'MOLTBOT_STATE_DIR')) {
      const other = standing({ 'moltbot.json': `{ ui: "\${${name}}" }` }, `${name}=/evil\n`)
      expect(await other.load()).toMatchObject({ ok: false, params: { key: 'ui' } })
    }
  })

  it('is not the working folder’s where others can write that file, or it is no plain file of ours', async () => {
    const config = { 'moltbot.json': '{ ui: "${A}" }' }
    const open = standing(config, 'A=evil\n')
    chmodSync(open.file, 0o622)
    expect(await open.load()).toMatchObject({ ok: false })
    chmodSync(open.file, 0o600)
    expect(await open.load()).toMatchObject({ ok: true, config: { ui: 'evil' } })
    if (process.geteuid?.() === 0) {
      chownSync(open.file, 12_345, 12_345)
      expect(await open.load()).toMatchObject({ ok: false })
    }
    const linked = folder(config)
    mkdirSync(join(linked.paths.stateDir, 'elsewhere'))
    symlinkSync(open.file, join(linked.paths.stateDir, 'elsewhere', '.env'))
    const paths = { ...linked.paths, workingEnvFilePath: join(linked.paths.stateDir, 'elsewhere', '.env') }
    expect(await loadConfig(paths, {})).toMatchObject({ ok: false })
  })

  it('is asked of no working folder by what runs by itself', () => {
    expect(resolveStatePaths({}, '/home/ann')).not.toHaveProperty('workingEnvFilePath')
    expect(resolveStatePaths({}, '/home/ann', '/home/ann/.clawdbot')).not.toHaveProperty('workingEnvFilePath')
  })

  it('may be the password’s, which is what a client shows where it is asked for, or nothing else is there', async () => {
    const { load } = standing({ '.env': 'CLAWDBOT_GATEWAY_PASSWORD=from-file\n' }, '')
    const fromFile = { value: 'from-file', source: 'envFile' }
    expect(await load()).toMatchObject({ password: fromFile, token: fromFile })
    const both = { CLAWDBOT_GATEWAY_TOKEN: 'a-token', CLAWDBOT_GATEWAY_PASSWORD: 'from-env' }
    expect(await load(both)).toMatchObject({ password: { value: 'from-env' }, token: { value: 'a-token' } })
    const asked = standing({ 'moltbot.json': '{ gateway: { auth: { mode: "password" } } }' }, '')
    expect(await asked.load(both)).toMatchObject({ token: { value: 'from-env' } })
    const word = { ...both, CLAWDBOT_GATEWAY_PASSWORD: 'undefined' }
    expect(await asked.load(word)).toMatchObject({ code: 'CONFIG_REFUSED' })
    expect(await load(word)).toMatchObject({ ok: true, token: { value: 'a-token' } })
  })
})
