import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createCounts } from '../../../../gateway/server/counts.ts'
import { createDurations, durationBounds } from '../../../../gateway/server/metrics/durations.ts'
import { measureEventLoopLag } from '../../../../gateway/server/metrics/event-loop-lag.ts'

describe('counts', () => {
  it('never grow with what others choose', () => {
    const counts = createCounts()
    for (let count = 0; count < 5_000; count += 1) {
      counts.refused(`reason ${count}`)
      counts.requestBegun()
      counts.requestAnswered(`method ${count}`, false, 0.001)
      counts.httpAnswered(`/${count}`, 404)
    }
    for (const map of [counts.refusals, counts.methods, counts.http])
      expect(map.size).toBeLessThanOrEqual(101)
    expect(counts.refusals.get('other')).toBe(4_900)
    expect(counts.underWay()).toBe(0)
  })

  it('put a duration into the first bucket that holds it', () => {
    const durations = createDurations()
    for (const seconds of [0, 0.0005, 0.0006, 10, 11, 1_000]) durations.observe(seconds)
    expect(durations.buckets).toEqual([2, 1, ...durationBounds.slice(2, -1).map(() => 0), 1, 2])
    expect(durations.count).toBe(6)
    expect(durations.sum).toBeCloseTo(1_021.0011)
  })
})

describe('the lag of the event loop', () => {
  it('is what a turn took too long, without the pause between two looks', async () => {
    const lag = measureEventLoopLag(monitorEventLoopDelay)
    expect(lag.read()).toBeNull()
    await delay(200)
    expect(lag.read()?.p50).toBeLessThan(15)
    const until = performance.now() + 300
    while (performance.now() < until);
    await delay(50)
    const { max = 0, p50 = Infinity } = lag.read() ?? {}
    expect(max).toBeGreaterThan(200)
    expect(max).toBeLessThan(1_000)
    expect(p50).toBeLessThan(100)
    lag.stop()
    expect(lag.read()).toBeNull()
    lag.stop()
  })
})
