import { describe, expect, it } from 'vitest'
import { chartData, rangeOf } from '../../../../../renderer/features/metrics/chart-data.ts'
import { marksOf } from '../../../../../renderer/features/metrics/chart-marks.ts'
import { levelOf, scaleTop } from '../../../../../renderer/features/metrics/level.ts'
import { sparkPath } from '../../../../../renderer/features/metrics/sparkline.tsx'
import { historyMs, thresholds } from '../../../../../shared/metrics.ts'
import { aDay } from '../../../../fixtures/scripted-states.ts'

const now = 10_000_000
const sample = (at: number, rssBytes: number | null) => ({ at, rssBytes, cpuPercent: rssBytes })

describe('chartData', () => {
  it('leaves out what is older than an hour', () => {
    const samples = [sample(now - historyMs - 1, 1), sample(now - historyMs, 2), sample(now, 3)]
    expect(chartData(samples, now)[1].filter((value) => value !== null)).toEqual([2, 3])
  })

  it('breaks the line where no process ran and where nobody measured', () => {
    const samples = [sample(0, 1), sample(5_000, null), sample(10_000, 2), sample(60_000, 3)]
    expect(chartData(samples, 60_000)).toEqual([
      [0, 5, 10, 10.001, 60],
      [1, null, 2, null, 3],
      [1, null, 2, null, 3],
    ])
  })

  it('finds the range of what was measured', () => {
    expect(rangeOf([null, 4, 2, null, 9])).toEqual({ low: 2, high: 9 })
    expect(rangeOf([null])).toBeNull()
  })
})

describe('sparkPath', () => {
  it('lifts the pen at gaps', () => {
    const samples = [
      sample(0, 1),
      sample(5_000, 2),
      sample(10_000, null),
      sample(15_000, 3),
      sample(90_000, 4),
    ]
    const path = sparkPath(
      samples,
      'rssBytes',
      (at) => at / 1000,
      (value) => value,
    )
    expect(path).toBe('M0.0 1.0L5.0 2.0M15.0 3.0M90.0 4.0')
  })
})

describe('marksOf', () => {
  it('marks starts and unplanned ends within the hour', () => {
    const marks = marksOf(aDay(now), now - historyMs)
    expect(marks.map(({ kind }) => kind)).toEqual(['started', 'ended'])
  })
})

describe('the scale', () => {
  it.each(['rssBytes', 'cpuPercent'] as const)('always shows the normal limit of %s', (metric) => {
    for (const highest of [0, thresholds[metric].normal, thresholds[metric].alarm * 3]) {
      expect(scaleTop(metric, highest)).toBeGreaterThan(thresholds[metric].normal)
      expect(scaleTop(metric, highest)).toBeGreaterThan(highest)
    }
  })

  it.each(['rssBytes', 'cpuPercent'] as const)('shows the alarm of %s once it is above normal', (metric) => {
    const { normal, alarm } = thresholds[metric]
    expect(scaleTop(metric, normal)).toBeLessThan(alarm)
    expect(scaleTop(metric, normal * 1.01)).toBeGreaterThan(alarm)
  })

  it('never lets two limits fall together', () => {
    const share = (metric: 'rssBytes' | 'cpuPercent', highest: number) =>
      (['normal', 'alarm'] as const)
        .map((limit) => thresholds[metric][limit] / scaleTop(metric, highest))
        .filter((height) => height < 1)
    for (const memory of [0, thresholds.rssBytes.alarm]) {
      for (const cpu of [0, thresholds.cpuPercent.alarm]) {
        const heights = [...share('rssBytes', memory), ...share('cpuPercent', cpu)].sort()
        const gaps = heights.slice(1).map((height, index) => height - (heights[index] ?? 0))
        // 8 px of the plot's 180: a line and its label stay apart from the next line.
        expect(Math.min(...gaps)).toBeGreaterThan(8 / 180)
      }
    }
  })
})

describe('levelOf', () => {
  it.each([
    [30, 'normal'],
    [30.1, 'raised'],
    [80, 'raised'],
    [80.1, 'alarm'],
  ] as const)('%d percent is %s', (value, level) => expect(levelOf('cpuPercent', value)).toBe(level))
})
