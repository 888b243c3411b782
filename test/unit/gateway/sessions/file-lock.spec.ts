import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type FileLock, takeFileLock } from '../../../../gateway/sessions/store/file-lock.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { namesIn, sessionFolders } from './session-folder.ts'

const folder = sessionFolders()
/** Above every number that a process may have. */
const nobody = 2 ** 30

function lockOf(found: FileLock | Problem): FileLock {
  if ('code' in found) throw new Error(found.code)
  return found
}

function held(lock: string, pid: number, ageSeconds: number): void {
  writeFileSync(lock, JSON.stringify({ pid, startedAt: 1 }))
  const at = Date.now() / 1_000 - ageSeconds
  utimesSync(lock, at, at)
}

describe('the lock of a list of sessions', () => {
  it('is the file that the released Moltbot takes, and says whose it is', async () => {
    const { store, sessions } = folder()
    const content = { pid: process.pid, startedAt: 7 }
    const lock = lockOf(await takeFileLock({ path: store, content, staleMs: 30_000 }))
    expect(JSON.parse(readFileSync(`${store}.lock`, 'utf8'))).toEqual(content)
    expect(await lock.isOurs()).toBe(true)
    await lock.release()
    expect(namesIn(sessions)).toEqual([])
  })

  it('is waited for as long as its process lives, however old it is, and then its holder is named', async () => {
    const { store } = folder()
    const lock = `${store}.lock`
    held(lock, process.pid, 60)
    const request = { path: store, content: {}, staleMs: 30_000, waitMs: 150 }
    expect(await takeFileLock(request)).toEqual({
      code: 'SESSIONS_LOCKED',
      params: { path: lock, pid: process.pid, seconds: 0.15 },
    })
    expect(existsSync(lock)).toBe(true)
    setTimeout(() => rmSync(lock), 50)
    await lockOf(await takeFileLock({ ...request, waitMs: 5_000 })).release()
  })

  it('is taken away when it is old and its process is gone, and not while it is young', async () => {
    const { store, sessions } = folder()
    const lock = `${store}.lock`
    const request = { path: store, content: {}, staleMs: 30_000, waitMs: 150 }
    held(lock, nobody, 10)
    expect(await takeFileLock(request)).toMatchObject({ code: 'SESSIONS_LOCKED' })
    held(lock, nobody, 31)
    const mine = lockOf(await takeFileLock(request))
    expect(namesIn(sessions)).toEqual(['sessions.json.lock'])
    await mine.release()
    held(lock, process.pid, 3_600) // the number of a process is given out again
    await lockOf(await takeFileLock(request)).release()
  })

  it('is left alone when another one took it from us', async () => {
    const { store } = folder()
    const lock = `${store}.lock`
    const mine = lockOf(await takeFileLock({ path: store, content: {}, staleMs: 30_000 }))
    rmSync(lock)
    await new Promise((done) => setTimeout(done, 10))
    writeFileSync(lock, 'theirs')
    expect(await mine.isOurs()).toBe(false)
    await mine.release()
    expect(readFileSync(lock, 'utf8')).toBe('theirs')
  })
})
