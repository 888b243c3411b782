import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { compactSession } from '../../../../gateway/sessions/change/compact-session.ts'
import { deleteSession } from '../../../../gateway/sessions/change/delete-session.ts'
import { patchSession } from '../../../../gateway/sessions/change/patch-session.ts'
import { resetSession } from '../../../../gateway/sessions/change/reset-session.ts'
import { listSessions } from '../../../../gateway/sessions/read/list-sessions.ts'
import { resolveSession } from '../../../../gateway/sessions/read/resolve-session.ts'
import { namesIn, sessionFolders } from './session-folder.ts'

const folder = sessionFolders()
const key = 'agent:main:main'
const user = (content: string) => ({ role: 'user', content })

describe('a change of one session', () => {
  it('keeps every byte of the others, unknown fields, and the order; the file is ours alone', async () => {
    const { state, store, writeStore } = folder()
    const other = '"agent:main:b": {"sessionId":"b",   "n": 1e2, "u": "\\u00e9", "future": [1, {"x": null}]}'
    writeStore(`{ ${other},\n"${key}": {"sessionId": "a", "updatedAt": 5, "future": {"y": 1}} , "z":{}}`)
    const edit = await patchSession(state(), { key: 'main', label: ' Work ', thinkingLevel: 'think-hard' })
    expect(edit).toMatchObject({ ok: true, target: { key } })
    const text = readFileSync(store, 'utf8')
    expect(text).toContain(other)
    const entries = JSON.parse(text)
    expect(Object.keys(entries)).toEqual(['agent:main:b', key, 'z'])
    expect(entries[key]).toMatchObject({
      sessionId: 'a',
      label: 'Work',
      thinkingLevel: 'low',
      future: { y: 1 },
    })
    expect(entries[key].updatedAt).toBeGreaterThan(Date.now() - 60_000)
    expect(statSync(store).mode & 0o777).toBe(0o600)
    await patchSession(state(), { key, label: null, thinkingLevel: 'off', verboseLevel: 'off' })
    const { label, thinkingLevel, verboseLevel } = JSON.parse(readFileSync(store, 'utf8'))[key]
    expect([label, thinkingLevel, verboseLevel]).toEqual([undefined, undefined, 'off'])
    expect(namesIn(join(store, '..'))).toEqual(['sessions.json'])
  })

  it.each([
    [{ thinkingLevel: 'very' }, 'thinkingLevel', 'off, minimal, low, medium, high, xhigh'],
    [{ thinkingLevel: 'xhigh' }, 'thinkingLevel', 'does not have xhigh'],
    [{ sendPolicy: 'maybe' }, 'sendPolicy', 'allow, deny'],
    [{ execSecurity: 'off' }, 'execSecurity', 'deny, allowlist, full'],
    [{ responseUsage: 'everything' }, 'responseUsage', 'off, tokens, full'],
    [{ label: '   ' }, 'label', '1 to 64'],
    [{ label: 'Taken' }, 'label', 'another session'],
    [{ spawnedBy: 'agent:main:main' }, 'spawnedBy', 'sub-agents'],
    [{ model: 'acme/unheard-of' }, 'model', 'names'],
  ])('refuses %j and leaves the file as it is', async (change, field, detail) => {
    const { state, store, writeStore } = folder()
    writeStore({ [key]: { sessionId: 'a' }, other: { label: 'Taken' } })
    const before = readFileSync(store)
    expect(await patchSession(state(), { key, ...change })).toMatchObject({
      ok: false,
      code: 'SESSION_VALUE_INVALID',
      params: { field, detail: expect.stringContaining(detail) },
    })
    expect(readFileSync(store)).toEqual(before)
  })

  it('takes the models that the configuration names, and its aliases', async () => {
    const { state, readStore, writeStore } = folder()
    writeStore({ [key]: { authProfileOverride: 'x' } })
    const config = {
      agents: { defaults: { model: 'acme/usual', models: { 'acme/fast': { alias: 'Fast' } } } },
    }
    await patchSession(state(config), { key, model: 'fast' })
    expect(readStore()[key]).toMatchObject({ providerOverride: 'acme', modelOverride: 'fast' })
    expect(readStore()[key]).not.toHaveProperty('authProfileOverride')
    await patchSession(state(config), { key, model: 'acme/usual' })
    expect(readStore()[key]).not.toHaveProperty('modelOverride')
  })

  it('gives a key of older releases its form of today, in the file where it stands', async () => {
    const { state, stateDir, readStore, writeStore, store } = folder()
    const former = join(stateDir, 'sessions/sessions.json')
    writeStore({ '+49123': { sessionId: 'x' } }, former)
    await patchSession(state(), { key: '+49123', label: 'Ann' })
    expect(readStore(former)).toMatchObject({ 'agent:main:+49123': { sessionId: 'x', label: 'Ann' } })
    expect(existsSync(store)).toBe(false)
    expect(await resolveSession(state(), { label: 'Ann' })).toEqual({ ok: true, key: 'agent:main:+49123' })
    expect(await resolveSession(state(), { sessionId: 'x' })).toMatchObject({ key: 'agent:main:+49123' })
    expect(await resolveSession(state(), { key: 'nobody' })).toMatchObject({ code: 'SESSION_UNKNOWN' })
    expect(await resolveSession(state(), { key: 'a', label: 'b' })).toMatchObject({
      code: 'QUESTION_UNCLEAR',
    })
  })

  it('is not made in a damaged file, or through a link', async () => {
    const { state, base, store, write, writeStore } = folder()
    const torn = `{"${key}": {"sessionId": "a"}, "agent:main:b": {"sess`
    writeStore(torn)
    for (const asked of [key, 'agent:main:b', 'agent:main:new']) {
      expect(await patchSession(state(), { key: asked, label: 'x' })).toMatchObject({
        code: 'SESSIONS_BROKEN',
      })
      expect(await resetSession(state(), asked)).toMatchObject({ code: 'SESSIONS_BROKEN' })
    }
    expect(readFileSync(store, 'utf8')).toBe(torn)
    const second = folder()
    const outside = write(join(base, 'outside.json'), '{}')
    symlinkSync(outside, second.store)
    expect(await patchSession(second.state(), { key, label: 'x' })).toMatchObject({ ok: false })
    expect(readFileSync(outside, 'utf8')).toBe('{}')
  })

  it('is not made behind a folder that is a link out of the state folder', async () => {
    const { state, base, stateDir } = folder()
    mkdirSync(join(base, 'outside'))
    symlinkSync(join(base, 'outside'), join(stateDir, 'agents/ops'))
    const edit = await patchSession(state(), { key: 'agent:ops:main', label: 'x' })
    expect(edit).toMatchObject({ ok: false, code: 'SESSIONS_NOT_WRITTEN' })
    expect(await patchSession(state(), { key: 'agent:new:main', label: 'x' })).toMatchObject({ ok: true })
    rmSync(join(stateDir, 'agents'), { recursive: true })
    symlinkSync(join(base, 'outside'), join(stateDir, 'agents'))
    expect(await patchSession(state(), { key: 'main', label: 'x' })).toMatchObject({ ok: false })
    expect(namesIn(join(base, 'outside'))).toEqual([])
  })

  it('never lands outside of the state folder, whatever the agent of the key is called', async () => {
    const { state, stateDir, base } = folder()
    for (const asked of ['agent:../../../evil:main', 'agent:/etc:main', 'agent:..:x']) {
      await patchSession(state(), { key: asked, label: `l ${asked}` })
    }
    expect(namesIn(base)).toEqual(['state'])
    expect(namesIn(stateDir)).toEqual(['agents'])
    for (const name of namesIn(join(stateDir, 'agents'))) expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/)
  })
})

describe('two that change the same list', () => {
  it('lose nothing of each other', async () => {
    const { state, stateDir, readStore } = folder()
    const program = join(import.meta.dirname, 'patch-often.ts')
    const run = promisify(execFile)
    await Promise.all(['a', 'b', 'c'].map((name) => run(process.execPath, [program, stateDir, name, '15'])))
    expect(Object.keys(readStore())).toHaveLength(45)
    expect((await listSessions(state(), { limit: 1 })).total).toBe(45)
  })
})

describe('a session that begins anew, ends, or is made shorter', () => {
  it('has a new id and no tokens after a reset; its transcript stays', async () => {
    const { state, readStore, writeStore, transcript } = folder()
    writeStore({
      [key]: {
        sessionId: 'old',
        sessionFile: 'x',
        label: 'L',
        totalTokens: 7,
        elevatedLevel: 'full',
        channel: 'signal',
      },
    })
    const path = transcript('old', [user('hello')])
    expect(await resetSession(state(), 'main')).toMatchObject({ ok: true, target: { key } })
    const entry = readStore()[key] ?? {}
    expect(entry).toMatchObject({ label: 'L', channel: 'signal', totalTokens: 0, systemSent: false })
    expect(entry.sessionId).toMatch(/^[0-9a-f-]{36}$/)
    expect(entry).not.toHaveProperty('sessionFile')
    expect(entry).not.toHaveProperty('elevatedLevel')
    expect(readFileSync(path, 'utf8')).toContain('hello')
  })

  it('leaves its transcript under another name when it is deleted, or as it is', async () => {
    const { state, sessions, readStore, writeStore, transcript } = folder()
    writeStore({ [key]: {}, 'agent:main:a': { sessionId: 'a' }, 'agent:main:b': { sessionId: 'b' } })
    const bytes = readFileSync(transcript('a', [user('of a')]))
    transcript('b', [user('of b')])
    const gone = await deleteSession(state(), 'a', true)
    expect(gone).toMatchObject({ ok: true, key: 'agent:main:a', deleted: true })
    const [archived = ''] = gone.ok ? gone.archived : []
    expect(archived).toMatch(/a\.jsonl\.deleted\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/)
    expect(readFileSync(archived)).toEqual(bytes)
    expect(await deleteSession(state(), 'agent:main:b', false)).toMatchObject({ deleted: true, archived: [] })
    expect(namesIn(sessions)).toEqual([archived.split('/').at(-1), 'b.jsonl', 'sessions.json'])
    expect(Object.keys(readStore())).toEqual([key])
    expect(await deleteSession(state(), 'main', true)).toMatchObject({ code: 'SESSION_IS_MAIN' })
    expect(await deleteSession(state(), 'agent:nobody:x', true)).toMatchObject({ ok: true, deleted: false })
    expect(namesIn(join(sessions, '../..'))).toEqual(['main'])
  })

  it('does not move a file that its id leads to', async () => {
    const { state, base, write, writeStore } = folder()
    const outside = write(join(base, 'outside.jsonl'), 'precious')
    writeStore({
      'agent:main:a': { sessionId: '../../../../outside' },
      'agent:main:b': { sessionId: 'b', sessionFile: outside },
    })
    for (const asked of ['a', 'b']) await deleteSession(state(), asked, true)
    expect(readFileSync(outside, 'utf8')).toBe('precious')
  })

  it('keeps its first line and the last ones, and all of it beside', async () => {
    const { state, sessions, readStore, writeStore, transcript } = folder()
    writeStore({ [key]: { sessionId: 'a', totalTokens: 9, label: 'L' } })
    const path = transcript(
      'a',
      Array.from({ length: 50 }, (_, index) => user(`message ${index}`)),
    )
    const whole = readFileSync(path, 'utf8')
    expect(await compactSession(state(), 'main', 50)).toEqual({ ok: true, key, compacted: false, kept: 50 })
    expect(readFileSync(path, 'utf8')).toBe(whole)
    const outcome = await compactSession(state(), 'main', 2)
    expect(outcome).toMatchObject({ ok: true, compacted: true, kept: 2 })
    const lines = whole.split('\n')
    expect(readFileSync(path, 'utf8')).toBe(`${[lines[0], ...lines.slice(-3)].join('\n')}`)
    const archived = outcome.ok ? (outcome.archived ?? '') : ''
    expect(archived).toMatch(/a\.jsonl\.bak\./)
    expect(readFileSync(archived, 'utf8')).toBe(whole)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readStore()[key]).toMatchObject({ label: 'L' })
    expect(readStore()[key]).not.toHaveProperty('totalTokens')
    expect(namesIn(sessions)).toHaveLength(3)
    expect(await compactSession(state(), 'agent:main:nobody', 1)).toMatchObject({ reason: 'no sessionId' })
    writeStore({ [key]: { sessionId: 'none' } })
    expect(await compactSession(state(), key, 1)).toMatchObject({ reason: 'no transcript' })
  })

  it('is not made shorter while a run of an agent writes to it', async () => {
    const { state, writeStore, transcript } = folder()
    writeStore({ [key]: { sessionId: 'a' } })
    const path = transcript('a', [user('1'), user('2')])
    const whole = readFileSync(path)
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.pid, createdAt: new Date().toISOString() }))
    const waiting = compactSession(state(), key, 1)
    expect(await Promise.race([waiting, new Promise((done) => setTimeout(done, 300, 'waits'))])).toBe('waits')
    expect(readFileSync(path)).toEqual(whole)
    rmSync(`${path}.lock`)
    expect(await waiting).toMatchObject({ compacted: true })
  })
})
