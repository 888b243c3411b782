import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serviceProgram } from '../../../../host/gateway-service/service-program.ts'

const command = { file: '/opt/moltbot/node', args: ['/opt/moltbot/app/moltbot.mjs', 'gateway'] }
const given = { command, env: {}, home: '/home/ann', portFlag: undefined }

describe('what a service runs', () => {
  let base = ''
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'moltbot-program-'))
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  it('is the gateway on the usual state, with nothing written out that is usual', () => {
    expect(serviceProgram(given)).toEqual({ ok: true, value: { ...command, environment: {} } })
  })

  it('has the state, the folders and the port that were chosen on purpose, and no secret of the environment', () => {
    const env = {
      CLAWDBOT_STATE_DIR: '~/other',
      MOLTBOT_CONFIG_PATH: '/etc/m.json',
      MOLTBOT_LOG_DIR: '/var/log/m',
      CLAWDBOT_GATEWAY_PORT: '19001',
      CLAWDBOT_GATEWAY_TOKEN: 'canary',
      ANTHROPIC_API_KEY: 'canary',
      PATH: '/bin',
    }
    expect(serviceProgram({ ...given, env })).toEqual({
      ok: true,
      value: {
        file: command.file,
        args: [...command.args, '--port', '19001'],
        environment: {
          MOLTBOT_STATE_DIR: '/home/ann/other',
          MOLTBOT_CONFIG_PATH: '/etc/m.json',
          MOLTBOT_LOG_DIR: '/var/log/m',
        },
      },
    })
    expect(serviceProgram({ ...given, env, portFlag: '1' })).toMatchObject({
      value: { args: [...command.args, '--port', '1'] },
    })
  })

  it('is by the path that stays when the next build takes the place of this one', () => {
    const repository = join(base, 'runtime/moltbot')
    const entry = join(repository, 'dist/builds/mww-1/app/moltbot.mjs')
    const built = { ...given, command: { ...command, args: [entry, 'gateway'] } }
    expect(serviceProgram(built)).toMatchObject({ value: { args: [entry, 'gateway'] } })
    mkdirSync(join(repository, 'dist/current/app'), { recursive: true })
    writeFileSync(join(repository, 'dist/current/app/moltbot.mjs'), '')
    expect(serviceProgram(built)).toMatchObject({
      value: { args: [join(repository, 'dist/current/app/moltbot.mjs'), 'gateway'] },
    })
  })

  it('is by the path that stays when the next version of an AppImage is copied out', () => {
    const at = (path: string) => join(base, 'host/runtime', path)
    mkdirSync(at('0.1.0/app'), { recursive: true })
    for (const name of ['node', 'app/moltbot.mjs']) writeFileSync(at(`0.1.0/${name}`), '')
    symlinkSync('0.1.0', at('current'))
    const copied = { ...command, file: at('0.1.0/node'), args: [at('0.1.0/app/moltbot.mjs'), 'gateway'] }
    expect(serviceProgram({ ...given, command: copied })).toMatchObject({
      value: { file: at('current/node'), args: [at('current/app/moltbot.mjs'), 'gateway'] },
    })
  })

  it('is never inside the mount of an AppImage, which goes with the application', () => {
    const env = { APPIMAGE: '/home/ann/M.AppImage', APPDIR: '/opt/moltbot' }
    expect(serviceProgram({ ...given, env })).toEqual({
      ok: false,
      code: 'SERVICE_PROGRAM_VANISHES',
      params: { program: command.file },
    })
    expect(serviceProgram({ ...given, env: { ...env, APPDIR: '/opt/molt' } })).toMatchObject({ ok: true })
  })
})
