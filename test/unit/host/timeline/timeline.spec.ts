import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Timeline } from '../../../../host/timeline/timeline.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-timeline-'))
  path = join(folder, 'timeline.jsonl')
})
afterEach(() => rm(folder, { recursive: true }))

describe('the timeline', () => {
  const open = () => Timeline.open(path, () => {})
  const numbers = (timeline: Timeline, before = Number.MAX_SAFE_INTEGER, limit = 3) =>
    timeline.page(before, limit).entries.map((entry) => entry.seq)

  it('counts on across restarts and pages newest first', async () => {
    const first = await open()
    for (let i = 0; i < 4; i++) first.append('wokeUp', null, { i }, i)
    await first.close()
    const second = await open()
    second.append('hostStarted', null, {}, 9)
    expect(numbers(second)).toEqual([5, 4, 3])
    expect(numbers(second, 3)).toEqual([2, 1])
    expect(second.page(3, 3).more).toBe(false)
    expect(second.page(4, 2).more).toBe(true)
    await second.close()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('keeps the end of long evidence, and little of it', async () => {
    const timeline = await open()
    const lines = Array.from({ length: 50 }, (_, n) => `${n}`.padEnd(1_000, '.'))
    timeline.append('gatewayExited', null, { lastLines: lines, pid: 1 }, 1)
    const [entry] = timeline.page(9, 1).entries
    expect(entry?.evidence).toEqual({ lastLines: lines.slice(-4), pid: 1 })
    await timeline.close()
  })

  it('survives a line that was cut short: nothing before or after it is lost', async () => {
    const first = await open()
    first.append('hostStarted', null, {}, 1)
    await first.close()
    await appendFile(path, '{"seq":2,"at":')
    const second = await open()
    second.append('hostStarted', null, {}, 3)
    await second.close()
    const third = await open()
    expect(numbers(third)).toEqual([2, 1])
    await third.close()
    expect(await readFile(path, 'utf8')).toContain('{"seq":2,"at":\n')
  })

  it('keeps at most 2,000 entries in a file, and the file before', async () => {
    const first = await open()
    for (let i = 0; i < 2_003; i++) first.append('wokeUp', null, {}, i)
    await first.close()
    expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(3)
    const second = await open()
    expect(numbers(second)).toEqual([2_003, 2_002, 2_001])
    expect(second.page(4, 9).entries).toHaveLength(0)
    await second.close()
  })
})
