import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agentIdOf } from '../../../../gateway/agents/agent-ids.ts'
import { listAgents } from '../../../../gateway/agents/list-agents.ts'
import { sessionDefaults } from '../../../../gateway/sessions/session-defaults.ts'
import { askedKey, kindOf } from '../../../../gateway/sessions/session-key.ts'

let stateDir = ''
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'moltbot-agents-'))
})
afterEach(() => rmSync(stateDir, { recursive: true }))

describe('the agents', () => {
  it('are those of the configuration, the default one first', async () => {
    const list = [
      { id: 'Zoe', name: ' Zoe Z ', identity: { emoji: '🦀', avatar: 'me.png', name: '' } },
      { id: 'work bot', default: true, identity: { avatar: 'https://example.org/a.png' } },
      { name: 'without an id' },
      'nonsense',
    ]
    expect(
      await listAgents({ agents: { list }, session: { scope: 'global', mainKey: 'Home' } }, stateDir),
    ).toEqual({
      defaultId: 'work-bot',
      mainKey: 'home',
      scope: 'global',
      agents: [
        {
          id: 'work-bot',
          identity: { avatar: 'https://example.org/a.png', avatarUrl: 'https://example.org/a.png' },
        },
        { id: 'zoe', name: 'Zoe Z', identity: { emoji: '🦀', avatar: 'me.png' } },
      ],
    })
  })

  it('are those with a folder where the configuration names none; a link is no folder', async () => {
    for (const name of ['ops', 'main', 'Not An Id'])
      mkdirSync(join(stateDir, 'agents', name), { recursive: true })
    symlinkSync('/etc', join(stateDir, 'agents', 'linked'))
    const { agents, defaultId } = await listAgents({}, stateDir)
    expect([defaultId, agents.map(({ id }) => id)]).toEqual(['main', ['main', 'ops']])
    expect((await listAgents({}, join(stateDir, 'nowhere'))).agents).toEqual([{ id: 'main' }])
  })

  it.each([
    [undefined, 'main'],
    ['', 'main'],
    ['Work', 'work'],
    ['../../etc', 'etc'],
    ['..', 'main'],
    ['a/b\\c', 'a-b-c'],
    ['你好', 'main'],
    ['x'.repeat(99), 'x'.repeat(64)],
  ])('the id %j is %j, always fit to be a folder', (text, id) => {
    expect(agentIdOf(text)).toBe(id)
  })
})

describe('keys of sessions', () => {
  it.each([
    [{}, 'main', 'agent:main:main'],
    [{}, ' agent:main:main ', 'agent:main:main'],
    [{}, '+49', 'agent:main:+49'],
    [{}, 'global', 'global'],
    [{ session: { scope: 'global' } }, 'main', 'global'],
    [{ session: { scope: 'global' } }, 'agent:main:main', 'global'],
    [{ session: { mainKey: 'home' } }, 'main', 'agent:main:home'],
    [{ session: { mainKey: 'home' } }, 'agent:ops:main', 'agent:ops:home'],
    [{ agents: { list: [{ id: 'ops' }] } }, 'main', 'agent:ops:main'],
    [{ agents: { list: [{ id: 'ops' }] } }, 'x:y', 'agent:ops:x:y'],
  ])('with %j, %j is %j', (config, asked, key) => {
    expect(askedKey(config, asked)).toBe(key)
  })

  it('say what kind of session it is', () => {
    expect(
      [
        'global',
        'unknown',
        'agent:main:whatsapp:group:1',
        'agent:main:slack:channel:c',
        'agent:main:main',
      ].map((key) => kindOf(key, undefined)),
    ).toEqual(['global', 'unknown', 'group', 'group', 'direct'])
    expect(kindOf('agent:main:x', 'channel')).toBe('group')
  })

  it('and what a client must know to name them', () => {
    expect(sessionDefaults({ session: { mainKey: 'Home' }, agents: { list: [{ id: 'A' }] } })).toEqual({
      defaultAgentId: 'a',
      mainKey: 'home',
      mainSessionKey: 'agent:a:home',
      scope: 'per-sender',
    })
    expect(sessionDefaults({ session: 7, agents: null }).mainSessionKey).toBe('agent:main:main')
  })
})
