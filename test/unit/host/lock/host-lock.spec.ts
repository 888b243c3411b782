import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LockHolder, takeHostLock } from '../../../../host/lock/host-lock.ts'

let folder: string
let path: string
const alive = new Map<number, string>()
const table = {
  identify: (pid: number) => (alive.has(pid) ? { pid, startTime: alive.get(pid) ?? '' } : null),
}
const holder = (pid: number): LockHolder => ({ pid, startTime: `t${pid}`, bootId: 'boot', socketPath: '/s' })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-lock-'))
  path = join(folder, 'host.lock')
  alive.clear()
  for (const pid of [1, 2, 3, 4, 5, 6, 7, 8]) alive.set(pid, `t${pid}`)
})
afterEach(() => rm(folder, { recursive: true }))

describe('the host lock', () => {
  it('is held by one, named with its socket, and free again after release', async () => {
    const first = await takeHostLock(path, holder(1), table)
    expect(first.kind).toBe('taken')
    expect(await takeHostLock(path, holder(2), table)).toEqual({ kind: 'held', holder: holder(1) })
    if (first.kind === 'taken') await first.release()
    expect(await readdir(folder)).toEqual([])
    expect((await takeHostLock(path, holder(2), table)).kind).toBe('taken')
  })

  it.each([
    ['died', () => alive.delete(1)],
    ['gave its pid to another process', () => alive.set(1, 'later')],
  ])('of a host that %s is replaced', async (_, change) => {
    await takeHostLock(path, holder(1), table)
    change()
    expect((await takeHostLock(path, holder(2), table)).kind).toBe('taken')
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: 2 })
  })

  it('of another boot is replaced, whatever process has that pid now', async () => {
    await takeHostLock(path, { ...holder(1), bootId: 'before' }, table)
    expect((await takeHostLock(path, holder(2), table)).kind).toBe('taken')
  })

  it('that says nothing is replaced', async () => {
    await writeFile(path, '{"pid":')
    expect((await takeHostLock(path, holder(2), table)).kind).toBe('taken')
  })

  it('goes to exactly one of many that find a dead one at once', async () => {
    for (let round = 0; round < 20; round++) {
      await writeFile(path, JSON.stringify(holder(99)))
      const outcomes = await Promise.all(
        [1, 2, 3, 4, 5, 6, 7, 8].map((pid) => takeHostLock(path, holder(pid), table)),
      )
      const taken = outcomes.filter((outcome) => outcome.kind === 'taken')
      expect(taken).toHaveLength(1)
      for (const outcome of taken) if (outcome.kind === 'taken') await outcome.release()
    }
  })

  it('is not released by one that does not hold it any more', async () => {
    const first = await takeHostLock(path, holder(1), table)
    alive.delete(1)
    await takeHostLock(path, holder(2), table)
    if (first.kind === 'taken') await first.release()
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: 2 })
  })
})
