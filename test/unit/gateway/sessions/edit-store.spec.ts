import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { editStore } from '../../../../gateway/sessions/store/edit-store.ts'
import { readStore } from '../../../../gateway/sessions/store/read-store.ts'
import { namesIn, sessionFolders } from './session-folder.ts'

const folder = sessionFolders()

/** What a program that knows no lock, or that took ours away, does at the worst moment. */
async function editWhile(meanwhile: (store: string) => void) {
  const { store, stateDir, sessions, writeStore } = folder()
  writeStore({ a: { n: 1 } })
  const outcome = await editStore({ agentId: 'main', path: store, root: stateDir }, (draft) => {
    draft.put('b', { n: 2 })
    meanwhile(store)
    return { ok: true, value: null }
  })
  return { outcome, store, sessions }
}

describe('a list of sessions that another program changes in between', () => {
  it('keeps what the other one wrote', async () => {
    const theirs = '{"a": {"n": 7}}'
    const { outcome, store, sessions } = await editWhile((path) => writeFileSync(path, theirs))
    expect(outcome).toMatchObject({ ok: false, code: 'SESSIONS_NOT_WRITTEN' })
    expect(readFileSync(store, 'utf8')).toBe(theirs)
    expect(namesIn(sessions)).toEqual(['sessions.json'])
  })

  it('is not written without the lock, and the lock of the other one stays', async () => {
    const { outcome, store } = await editWhile((path) => {
      rmSync(`${path}.lock`)
      writeFileSync(`${path}.lock`, 'theirs')
    })
    expect(outcome).toMatchObject({ ok: false, code: 'SESSIONS_NOT_WRITTEN' })
    expect(JSON.parse(readFileSync(store, 'utf8'))).toEqual({ a: { n: 1 } })
    expect(readFileSync(`${store}.lock`, 'utf8')).toBe('theirs')
  })

  it('is not written at all where nothing changes', async () => {
    const { store, stateDir, writeStore } = folder()
    writeStore('{"a":{}}')
    const place = { agentId: 'main', path: store, root: stateDir }
    expect(await editStore(place, () => ({ ok: true, value: 1 }))).toMatchObject({ ok: true, value: 1 })
    expect(readFileSync(store, 'utf8')).toBe('{"a":{}}')
  })
})

describe('a list of sessions that was changed', () => {
  it('is known without being read again, just as the file has it, whoever writes next', async () => {
    const { base, store, stateDir, writeStore } = folder()
    const letters = 'x'.repeat(2_000)
    // Past the size at which the bytes are put together in pieces.
    const entries = Array.from({ length: 3_000 }, (_, at) => [`k${at}`, { sessionId: `${at}`, letters }])
    writeStore(Object.fromEntries(entries))
    const place = { agentId: 'main', path: store, root: stateDir }
    const asTheFileHasIt = () => {
      copyFileSync(store, join(base, 'copy.json'))
      return readStore({ agentId: 'main', path: join(base, 'copy.json'), root: base })
    }
    const change = (key: string, label: string) =>
      editStore(place, (draft) => {
        draft.rename(`k${label}`, key)
        draft.put(key, { ...draft.get(key), label })
        draft.remove('k0')
        return { ok: true, value: null }
      })
    await readStore(place)
    for (const round of ['1', '2']) {
      expect(await change(`new${round}`, round)).toMatchObject({ ok: true })
      const { entries: known, problem } = await readStore(place)
      expect(problem).toBeNull()
      expect([...known]).toEqual([...(await asTheFileHasIt()).entries])
      expect(known.get(`new${round}`)).toEqual({ sessionId: round, label: round })
      expect([known.size, known.has('k0')]).toEqual([2_999, false])
    }
    expect(JSON.parse(readFileSync(store, 'utf8')).k2999.letters).toBe(letters)
    writeFileSync(store, '{"theirs":{"label":"a"}}')
    expect([...(await readStore(place)).entries]).toEqual([['theirs', { label: 'a' }]])
    await change('ours', 'b')
    expect([...(await readStore(place)).entries.keys()]).toEqual(['theirs', 'ours'])
  })
})
