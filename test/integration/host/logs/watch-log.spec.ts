import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../host/clock.ts'
import { watchLog } from '../../../../host/logs/watch-log.ts'
import type { LogGrown } from '../../../../shared/log.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { append, logFolders, today, yesterday } from './log-folder.ts'

const logFolder = logFolders()
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** Resolves when the first look is over, which says nothing. */
async function watching(path: () => string) {
  const grown: LogGrown[] = []
  const { stop } = watchLog({ clock: systemClock, path, grew: (news) => grown.push(news) })
  stops.push(stop)
  await delay(50)
  return { grown, stop }
}

describe('the watch', () => {
  it('says that the log grew, soon, and at most ten times a second', async () => {
    const log = logFolder()
    append(log.today, 'a')
    const { grown } = await watching(() => log.today)
    const startedAt = performance.now()
    append(log.today, 'b')
    await until(() => grown.length > 0, 'the first word')
    expect(performance.now() - startedAt).toBeLessThan(600)
    expect(grown[0]?.path).toBe(log.today)
    grown.length = 0
    for (let round = 0; round < 100; round += 1) {
      append(log.today, 'more')
      await delay(5)
    }
    const tookMs = performance.now() - startedAt
    expect(grown.length).toBeGreaterThan(1)
    expect(grown.length).toBeLessThanOrEqual(tookMs / 100 + 1)
  })

  it('notices at once what happens in a folder that was made anew with the old number', async () => {
    const log = logFolder()
    append(log.today, 'a')
    const { grown } = await watching(() => log.today)
    const { ino } = statSync(log.folder)
    // Some file systems give the number out again at once, others never.
    for (let tries = 0; tries < 20; tries += 1) {
      rmSync(log.folder, { recursive: true })
      mkdirSync(log.folder, { mode: 0o700 })
      if (statSync(log.folder).ino === ino) break
    }
    await delay(1_300)
    grown.length = 0
    for (let round = 0; round < 3; round += 1) {
      append(log.today, 'more')
      await delay(250)
    }
    expect(grown).toHaveLength(3)
  })

  it('is silent while nothing happens, and after its end', async () => {
    const log = logFolder()
    append(log.today, 'a')
    const { grown, stop } = await watching(() => log.today)
    writeFileSync(log.at('other.txt'), 'x')
    await delay(1_300)
    expect(grown).toEqual([])
    stop()
    append(log.today, 'b')
    await delay(300)
    expect(grown).toEqual([])
  })

  it('waits for a folder that does not exist yet, and bears that it vanishes', async () => {
    const log = logFolder()
    rmSync(log.folder, { recursive: true })
    const { grown } = await watching(() => log.today)
    mkdirSync(log.folder)
    append(log.today, 'a')
    await until(() => grown.length > 0, 'the first line')
    rmSync(log.folder, { recursive: true })
    await until(() => grown.at(-1)?.bytes === 0, 'the end of the file')
    mkdirSync(log.folder)
    append(log.today, 'b', 'c')
    await until(() => (grown.at(-1)?.bytes ?? 0) > 0, 'the new file')
    await delay(1_100)
    const startedAt = performance.now()
    const seen = grown.length
    append(log.today, 'd')
    await until(() => grown.length > seen, 'a line in the new folder')
    expect(performance.now() - startedAt).toBeLessThan(600) // by notice, not by the look each second
  })

  it('says so where the log moves to another file', async () => {
    const log = logFolder()
    append(log.at(yesterday), 'a')
    let name = yesterday
    const { grown } = await watching(() => log.at(name))
    name = today
    append(log.today, 'b')
    await until(() => grown.some(({ path }) => path === log.today), 'midnight')
    const seen = grown.length
    renameSync(log.today, `${log.today}.1`)
    appendFileSync(log.today, '')
    await until(() => grown.length > seen && grown.at(-1)?.bytes === 0, 'the rotation')
  })
})
