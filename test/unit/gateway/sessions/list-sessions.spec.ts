import { execFileSync } from 'node:child_process'
import { chownSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listSessions } from '../../../../gateway/sessions/read/list-sessions.ts'
import { sessionFolders } from './session-folder.ts'

const folder = sessionFolders()
const now = Date.now()
const keys = (payload: Awaited<ReturnType<typeof listSessions>>) => payload.sessions.map(({ key }) => key)

describe('the list of sessions', () => {
  it('has the members of Moltbot, the newest first', async () => {
    const { state, writeStore } = folder()
    writeStore({
      'agent:main:main': {
        sessionId: 's1',
        updatedAt: now - 1_000,
        model: 'opus',
        inputTokens: 3,
        outputTokens: 4,
      },
      'agent:main:whatsapp:group:49-1@g.us': {
        sessionId: 's2',
        updatedAt: now,
        subject: 'The Family',
        totalTokens: 9,
        lastTo: '49-1@g.us',
        skillsSnapshot: { prompt: 'long' },
      },
      'agent:main:old': { sessionId: 's3', provider: 'signal', room: '#x', label: 'Old', updatedAt: 'never' },
    })
    const payload = await listSessions(
      state({ agents: { defaults: { model: 'openai/gpt-5', contextTokens: 5 } } }),
    )
    expect(payload).toMatchObject({
      path: '(multiple)',
      count: 3,
      total: 3,
      problems: [],
      defaults: { modelProvider: 'openai', model: 'gpt-5', contextTokens: 5 },
    })
    const [group, main, old] = payload.sessions
    expect(group).toMatchObject({
      kind: 'group',
      channel: 'whatsapp',
      displayName: 'whatsapp:g-the-family',
      totalTokens: 9,
      deliveryContext: { to: '49-1@g.us' },
    })
    expect(group).not.toHaveProperty('skillsSnapshot')
    expect(main).toMatchObject({
      key: 'agent:main:main',
      kind: 'direct',
      totalTokens: 7,
      updatedAt: now - 1_000,
    })
    expect(old).toMatchObject({
      channel: 'signal',
      groupChannel: '#x',
      updatedAt: null,
      lastChannel: 'signal',
    })
  })

  it('filters as asked', async () => {
    const { state, writeStore } = folder()
    writeStore({
      global: { updatedAt: now },
      unknown: { updatedAt: now },
      'agent:main:main': { sessionId: 'abc', updatedAt: now - 50_000, label: 'Work' },
      'agent:main:subagent:1': { updatedAt: now - 200_000, spawnedBy: 'main' },
      'agent:other:main': { updatedAt: now - 1 },
    })
    const list = async (params: object) => keys(await listSessions(state(), params))
    expect(await list({})).toEqual(['agent:other:main', 'agent:main:main', 'agent:main:subagent:1'])
    expect(await list({ includeGlobal: true, includeUnknown: true, limit: 2 })).toEqual(['global', 'unknown'])
    expect(await list({ agentId: 'Other' })).toEqual(['agent:other:main'])
    expect(await list({ activeMinutes: 1 })).toEqual(['agent:other:main', 'agent:main:main'])
    expect(await list({ label: 'Work' })).toEqual(['agent:main:main'])
    expect(await list({ spawnedBy: 'agent:main:main' })).toEqual(['agent:main:subagent:1'])
    expect(await list({ search: 'ABC' })).toEqual(['agent:main:main'])
    expect(await list({ search: 'subagent' })).toEqual(['agent:main:subagent:1'])
    const few = await listSessions(state(), { limit: 1 })
    expect([few.count, few.total]).toEqual([1, 3])
  })

  it('joins the stores of agents and that of older releases, the newer one first', async () => {
    const { state, stateDir, writeStore } = folder()
    writeStore({ 'agent:main:main': { sessionId: 'new', updatedAt: 3 } })
    writeStore(
      { main: { sessionId: 'ops', updatedAt: 2 } },
      join(stateDir, 'agents/ops/sessions/sessions.json'),
    )
    writeStore(
      { main: { sessionId: 'stale', updatedAt: 9 }, '+49': { sessionId: 'former', updatedAt: 1 } },
      join(stateDir, 'sessions/sessions.json'),
    )
    const ids = async (config: object) =>
      (await listSessions(state({ ...config }))).sessions.map(({ key, sessionId }) => `${key} ${sessionId}`)
    expect(await ids({})).toEqual(['agent:main:main new', 'agent:ops:main ops', 'agent:main:+49 former'])
    // An agent that the configuration does not name is none, once it names some.
    expect(await ids({ agents: { list: [{ id: 'main' }] } })).toEqual([
      'agent:main:main new',
      'agent:main:+49 former',
    ])
  })

  it('is where the configuration says', async () => {
    const { state, base, writeStore } = folder()
    writeStore({ main: { sessionId: 'a' } }, join(base, 'elsewhere/main.json'))
    writeStore({ main: { sessionId: 'b' } }, join(base, 'one.json'))
    expect(keys(await listSessions(state({ session: { store: '~/elsewhere/{agentId}.json' } })))).toEqual([
      'agent:main:main',
    ])
    const one = await listSessions(state({ session: { store: join(base, 'one.json') } }))
    expect(one).toMatchObject({ path: join(base, 'one.json'), sessions: [{ sessionId: 'b' }] })
  })

  it('keeps to the bytes that an answer may have', async () => {
    const { state, writeStore } = folder()
    const entries = Array.from({ length: 100 }, (_, index) => [`agent:main:${index}`, { updatedAt: index }])
    writeStore(Object.fromEntries(entries))
    const payload = await listSessions(state(), {}, { maxBytes: 2_000 })
    expect(JSON.stringify(payload.sessions).length).toBeLessThanOrEqual(2_001)
    expect(payload.sessions[0]?.key).toBe('agent:main:99')
    expect(payload.total).toBe(100)
  })

  it('reads a file again when it is another one, and only then', async () => {
    const { state, store, writeStore } = folder()
    const labels = async () => (await listSessions(state())).sessions.map(({ label }) => label)
    writeStore({ 'agent:main:main': { label: 'aaa' } })
    expect(await labels()).toEqual(['aaa'])
    writeStore({ 'agent:main:main': { label: 'bbb' } })
    utimesSync(store, 1, 1)
    expect(await labels()).toEqual(['bbb'])
  })
})

describe('what is wrong with a list of sessions', () => {
  it('is said, and what can be read is there', async () => {
    const { state, stateDir, store, writeStore } = folder()
    writeStore('{\n"agent:main:main": {"sessionId": "a"},\n"agent:main:b": {"se')
    writeStore({ main: { sessionId: 'o' } }, join(stateDir, 'agents/ops/sessions/sessions.json'))
    const payload = await listSessions(state())
    expect(keys(payload)).toEqual(['agent:main:main', 'agent:ops:main'])
    const params = { path: store, line: 3, detail: 'its end is missing' }
    expect(payload.problems).toEqual([{ code: 'SESSIONS_BROKEN', params }])
  })

  it.each([
    ['a FIFO', 'not a regular file', (path: string) => execFileSync('mkfifo', [path])],
    ['a folder', 'not a regular file', (path: string) => execFileSync('mkdir', [path])],
    ['a link out of the state folder', 'leads out of', (path: string) => symlinkSync('/etc/passwd', path)],
    ['a link to nothing', 'points to nothing', (path: string) => symlinkSync('/nowhere/at/all', path)],
  ])('%s is never waited for and never followed', async (_, detail, make) => {
    const { state, store } = folder()
    make(store)
    const begun = performance.now()
    const payload = await listSessions(state())
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect(payload).toMatchObject({
      sessions: [],
      problems: [
        { code: 'STATE_FILE_UNREADABLE', params: { path: store, detail: expect.stringContaining(detail) } },
      ],
    })
  })

  it('a folder of sessions that is a link out of the state folder is not entered', async () => {
    const { state, stateDir, base, writeStore } = folder()
    writeStore({ main: { label: 'foreign' } }, join(base, 'outside/sessions.json'))
    execFileSync('mkdir', ['-p', join(stateDir, 'agents/ops')])
    symlinkSync(join(base, 'outside'), join(stateDir, 'agents/ops/sessions'))
    const { sessions, problems } = await listSessions(state())
    expect(sessions).toEqual([])
    expect(problems[0]?.code).toBe('STATE_FILE_UNREADABLE')
  })

  it.skipIf(process.getuid?.() !== 0)(
    'a file of another user is refused (needs root to make one)',
    async () => {
      const { state, store, writeStore } = folder()
      writeStore({ main: {} })
      chownSync(store, 12_345, 12_345)
      const { sessions, problems } = await listSessions(state())
      expect(sessions).toEqual([])
      expect(problems).toMatchObject([
        { params: { detail: expect.stringContaining('another user (id 12345)') } },
      ])
    },
  )
})
