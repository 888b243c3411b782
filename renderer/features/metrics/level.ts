import { thresholds } from '../../../shared/metrics.ts'

export type Metric = keyof typeof thresholds
export type Level = 'normal' | 'raised' | 'alarm'

/** Where a value lies between the manual's normal range and its alarm. */
export function levelOf(metric: Metric, value: number): Level {
  if (value > thresholds[metric].alarm) return 'alarm'
  return value > thresholds[metric].normal ? 'raised' : 'normal'
}

/** Of different proportion to the limits, so that the lines of the two metrics never fall together. */
const calmTop: Record<Metric, number> = {
  rssBytes: thresholds.rssBytes.normal * 1.12,
  cpuPercent: thresholds.cpuPercent.normal * 1.5,
}

const alarmRoom: Record<Metric, number> = { rssBytes: 1.12, cpuPercent: 1.3 }

/**
 * Top of a scale, in the metric's unit: the normal limit always stays in sight, so that "little" looks
 * little; the alarm limit comes into sight with the first value above normal.
 */
export function scaleTop(metric: Metric, highest: number): number {
  const { alarm } = thresholds[metric]
  if (highest <= thresholds[metric].normal) return calmTop[metric]
  return Math.max(alarm * alarmRoom[metric], highest * 1.05)
}
