import { describe, expect, it } from 'vitest'
import { takeGlobalFlags } from '../../../../gateway/cli/global-flags.ts'

const take = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  takeGlobalFlags({ args, env, home: '/home/me', platform: 'linux' })
const work = {
  CLAWDBOT_PROFILE: 'work',
  MOLTBOT_STATE_DIR: '/home/me/.clawdbot-work',
  MOLTBOT_LOG_DIR: '/home/me/.clawdbot-work/logs',
  MOLTBOT_HOST_DIR: '/home/me/.local/share/moltbot-desktop/host-work',
  CLAWDBOT_STATE_DIR: undefined,
  MOLTBOT_CONFIG_PATH: undefined,
  CLAWDBOT_CONFIG_PATH: undefined,
}

describe('global flags', () => {
  it('a profile has state, log and host of its own, and counts for more than folders of the environment', () => {
    expect(take(['--profile', 'work', 'health'])).toEqual({ ok: true, args: ['health'], variables: work })
    expect(take(['--profile=work', 'health'])).toEqual({ ok: true, args: ['health'], variables: work })
    const env = { MOLTBOT_STATE_DIR: '/elsewhere', MOLTBOT_HOST_DIR: '/host', CLAWDBOT_PROFILE: 'other' }
    expect(take(['--profile', 'work', 'health'], env)).toMatchObject({ variables: work })
  })

  it('one of the environment does not, and “default” is none', () => {
    expect(take(['health'], { CLAWDBOT_PROFILE: 'work' })).toMatchObject({ variables: work })
    const named = take(['health'], { CLAWDBOT_PROFILE: 'work', CLAWDBOT_STATE_DIR: '/elsewhere' })
    expect(named).toEqual({ ok: true, args: ['health'], variables: { CLAWDBOT_PROFILE: 'work' } })
    expect(take(['health'], { CLAWDBOT_PROFILE: 'default' })).toEqual({
      ok: true,
      args: ['health'],
      variables: {},
    })
  })

  it('in a terminal of one profile, one that is typed is another: nothing of the first is left', () => {
    const dev = take(['--dev', 'health'])
    const env = dev.ok
      ? { ...dev.variables, CLAWDBOT_CONFIG_PATH: '/home/me/.clawdbot-dev/moltbot.json' }
      : {}
    const left = (...args: string[]) => {
      const taken = take([...args, 'health'], env)
      const all = { ...env, ...(taken.ok ? taken.variables : {}) }
      return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
    }
    expect(left('--profile', 'default')).toEqual({})
    expect(left('--profile', 'work')).toEqual(Object.fromEntries(Object.entries(work).filter(([, at]) => at)))
    expect(left('--dev')).toMatchObject({ CLAWDBOT_PROFILE: 'dev', MOLTBOT_GATEWAY_PORT: '19001' })
  })

  it('--dev is the profile dev on port 19001, unless a port is named', () => {
    const dev = { CLAWDBOT_PROFILE: 'dev', MOLTBOT_STATE_DIR: '/home/me/.clawdbot-dev' }
    expect(take(['--dev', 'gateway'])).toMatchObject({ variables: { ...dev, MOLTBOT_GATEWAY_PORT: '19001' } })
    const named = take(['--dev', '--profile', 'dev', 'gateway'], { CLAWDBOT_GATEWAY_PORT: '5' })
    expect(named).toMatchObject({ ok: true, variables: dev })
    expect(named.ok && named.variables.MOLTBOT_GATEWAY_PORT).toBeUndefined()
    // Behind the command it belongs to the command.
    expect(take(['gateway', '--dev'])).toEqual({ ok: true, args: ['gateway', '--dev'], variables: {} })
  })

  it('--no-color may stand anywhere but behind --', () => {
    const plain = { NO_COLOR: '1', FORCE_COLOR: undefined }
    expect(take(['logs', '--no-color', '-f'])).toEqual({ ok: true, args: ['logs', '-f'], variables: plain })
    const behind = ['channels', '--', '--no-color', '--profile', 'x']
    expect(take(behind)).toEqual({ ok: true, args: behind, variables: {} })
  })

  it.each([
    [['--profile']],
    [['--profile', '']],
    [['--profile', '../x', 'health']],
    [['--profile', 'Work', 'health']],
    [['--profile', '-x', 'health']],
    [['--profile', 'a'.repeat(33), 'health']],
    [['--dev', '--profile', 'work', 'health']],
    // A command that ran all the same would be about another state than its reader thinks.
    [['health', '--profile', 'work']],
    [['health', '--profile=work']],
  ])('%j is refused', (args) => expect(take(args)).toMatchObject({ ok: false, detail: expect.any(String) }))

  it('a profile of the environment is checked as well', () => {
    expect(take(['health'], { CLAWDBOT_PROFILE: '../../etc' })).toMatchObject({ ok: false })
  })
})
