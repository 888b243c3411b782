import { describe, expect, it } from 'vitest'
import { startSampler } from '../../../../host/metrics/sampler.ts'
import { historyMs, type MetricSample, sampleIntervalMs } from '../../../../shared/metrics.ts'

/** A clock that runs on demand, letting promises settle at each step. */
function handClock() {
  let now = 10 * historyMs
  let waiting: { at: number; run: () => void }[] = []
  return {
    clock: {
      now: () => ({ mono: now, wall: now }),
      after(delayMs: number, run: () => void) {
        const entry = { at: now + delayMs, run }
        waiting.push(entry)
        return () => {
          waiting = waiting.filter((other) => other !== entry)
        }
      },
    },
    async pass(ms: number) {
      now += ms
      for (const { run } of waiting.splice(0)) run()
      for (let i = 0; i < 5; i++) await Promise.resolve()
    },
  }
}

describe('the sampler', () => {
  it('gives memory as it is and CPU as the share of one core since the look before', async () => {
    const { clock, pass } = handClock()
    let cpuMs = 1_000
    const seen: MetricSample[] = []
    const table = { usage: async () => ({ rssBytes: 42, cpuMs }) }
    startSampler({ clock, table, pid: () => 7, sampled: (sample) => seen.push(sample) }, [])
    await pass(0)
    cpuMs += sampleIntervalMs / 4
    await pass(sampleIntervalMs)
    expect(seen.map(({ rssBytes, cpuPercent }) => [rssBytes, cpuPercent])).toEqual([
      [42, null],
      [42, 25],
    ])
  })

  it('does not compare one process with another, and shows a gap where there is none', async () => {
    const { clock, pass } = handClock()
    let pid: number | null = 7
    const sampler = startSampler(
      { clock, table: { usage: async () => ({ rssBytes: 1, cpuMs: 9 }) }, pid: () => pid, sampled: () => {} },
      [],
    )
    await pass(0)
    pid = null
    await pass(sampleIntervalMs)
    pid = 8
    await pass(sampleIntervalMs)
    expect(sampler.history().map(({ rssBytes, cpuPercent }) => [rssBytes, cpuPercent])).toEqual([
      [1, null],
      [null, null],
      [1, null],
    ])
  })

  it('keeps an hour, restored samples included', async () => {
    const { clock, pass } = handClock()
    const old = { at: clock.now().wall - historyMs - 1, rssBytes: 1, cpuPercent: 1 }
    const recent = { at: clock.now().wall - historyMs + 60_000, rssBytes: 2, cpuPercent: 2 }
    const sampler = startSampler(
      { clock, table: { usage: async () => null }, pid: () => null, sampled: () => {} },
      [old, recent],
    )
    await pass(0)
    expect(sampler.history()[0]).toEqual(recent)
    await pass(120_000)
    expect(sampler.history().every(({ at }) => at > clock.now().wall - historyMs)).toBe(true)
    expect(sampler.history()).toHaveLength(2)
  })
})
