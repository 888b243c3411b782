import { historyMs, type MetricSample, sampleIntervalMs } from '../../../shared/metrics.ts'

/** Seconds since 1970, bytes, percent: uPlot's columns. Null breaks the line. */
export type ChartData = [x: number[], rssBytes: (number | null)[], cpuPercent: (number | null)[]]

/**
 * The samples of the hour before `now`. A hole in time (the host was down or the computer asleep) is
 * broken as well: a line across it would claim what nobody measured.
 */
export function chartData(samples: readonly MetricSample[], now: number): ChartData {
  const data: ChartData = [[], [], []]
  let previousAt: number | null = null
  for (const { at, rssBytes, cpuPercent } of samples) {
    if (at < now - historyMs) continue
    if (previousAt !== null && at - previousAt > 3 * sampleIntervalMs) push(data, previousAt + 1, null, null)
    push(data, at, rssBytes, cpuPercent)
    previousAt = at
  }
  return data
}

/** Least and greatest measured value; null where nothing was measured. */
export function rangeOf(values: readonly (number | null)[]): { low: number; high: number } | null {
  const measured = values.filter((value) => value !== null)
  if (measured.length === 0) return null
  return {
    low: measured.reduce((a, b) => Math.min(a, b)),
    high: measured.reduce((a, b) => Math.max(a, b)),
  }
}

function push([xs, memory, cpu]: ChartData, at: number, rssBytes: number | null, cpuPercent: number | null) {
  xs.push(at / 1000)
  memory.push(rssBytes)
  cpu.push(cpuPercent)
}
