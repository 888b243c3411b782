import { afterEach, expect, it, vi } from 'vitest'
import { readLog } from '../../../../host/logs/read-log.ts'
import { append, logFolders, readAll, yesterday } from './log-folder.ts'

const world = vi.hoisted(() => ({ meanwhile: () => {} }))
vi.mock('../../../../host/logs/log-family.ts', async (original) => {
  const family = await original<typeof import('../../../../host/logs/log-family.ts')>()
  return {
    ...family,
    inodeAfter: (...args: Parameters<typeof family.inodeAfter>) => {
      world.meanwhile()
      return family.inodeAfter(...args)
    },
  }
})

const logFolder = logFolders()
afterEach(() => {
  world.meanwhile = () => {}
})

it('a line written at midnight while the log is being read is not lost', async () => {
  const log = logFolder()
  append(log.at(yesterday), 'a')
  const { next } = await readLog(log.at(yesterday), { cursor: null, maxLines: 10 })
  world.meanwhile = () => {
    world.meanwhile = () => {}
    append(log.at(yesterday), 'the last of the day')
    append(log.today, 'the first')
  }
  const { lines } = await readAll((cursor) => readLog(log.today, { cursor, maxLines: 10 }), next)
  expect(lines).toEqual(['the last of the day', 'the first'])
})
