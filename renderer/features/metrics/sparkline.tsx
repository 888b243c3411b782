import { type MetricSample, sampleIntervalMs, thresholds } from '../../../shared/metrics.ts'
import { type Metric, scaleTop } from './level.ts'

const width = 120
const height = 32
const spanMs = 300_000

/** The last five minutes under the line of what is normal. Says nothing the number does not. */
export function Sparkline({ metric, samples }: { metric: Metric; samples: readonly MetricSample[] }) {
  const end = samples.at(-1)?.at ?? 0
  const recent = samples.filter(({ at }) => at >= end - spanMs)
  const top = scaleTop(metric, Math.max(0, ...recent.map((sample) => sample[metric] ?? 0)))
  const y = (value: number) => height - 1 - (value / top) * (height - 2)
  const { normal, alarm } = thresholds[metric]
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <line className="limit" x1="0" x2={width} y1={y(normal)} y2={y(normal)} />
      {alarm < top && <line className="limit alarm" x1="0" x2={width} y1={y(alarm)} y2={y(alarm)} />}
      <path
        className="trace"
        d={sparkPath(recent, metric, (at) => width - ((end - at) / spanMs) * width, y)}
      />
    </svg>
  )
}

/** A path that lifts the pen where no process ran or nothing was measured. */
export function sparkPath(
  samples: readonly MetricSample[],
  metric: Metric,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  let path = ''
  let previousAt: number | null = null
  for (const sample of samples) {
    const value = sample[metric]
    if (value === null) {
      previousAt = null
      continue
    }
    const isGap = previousAt === null || sample.at - previousAt > 3 * sampleIntervalMs
    path += `${isGap ? 'M' : 'L'}${x(sample.at).toFixed(1)} ${y(value).toFixed(1)}`
    previousAt = sample.at
  }
  return path
}
