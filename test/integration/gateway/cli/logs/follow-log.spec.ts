import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { followLog } from '../../../../../gateway/cli/logs/follow-log.ts'
import { until } from '../../../../fixtures/host-under-test.ts'
import { append, logFolders } from '../../../host/logs/log-folder.ts'

const logFolder = logFolders()

it('a line that comes while another is being shown needs no further wait', async () => {
  const log = logFolder()
  append(log.today, 'a')
  const shown: string[] = []
  let stop = () => {}
  const enough = new Promise<void>((resolve) => {
    stop = resolve
  })
  let slow: () => Promise<unknown> = async () => {}
  const following = followLog({
    path: () => log.today,
    from: { inode: 0, offset: 0 },
    file: log.today,
    filter: null,
    enough,
    intervalMs: 1_000,
    output: {
      file: async () => {},
      notice: async () => {},
      problem: async () => {},
      lines: async (lines) => {
        shown.push(...lines.map(({ text }) => text))
        if (lines.length > 0) await slow()
      },
    },
  })
  await until(() => shown.length === 1, 'the first line')
  await delay(100)
  slow = async () => {
    slow = async () => {}
    append(log.today, 'c')
    await delay(400)
  }
  append(log.today, 'b')
  await until(() => shown.length === 2, 'the second line')
  const startedAt = performance.now()
  await until(() => shown.length === 3, 'the third line')
  expect(performance.now() - startedAt).toBeLessThan(900)
  stop()
  await following
  expect(shown).toEqual(['a', 'b', 'c'])
})
