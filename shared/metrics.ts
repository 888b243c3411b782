import { z } from 'zod'

/** One look at the gateway's process. Both values are null while no process runs. */
export const metricSampleSchema = z.object({
  /** Wall clock, ms since 1970. */
  at: z.number(),
  /** Resident memory in bytes. */
  rssBytes: z.number().nullable(),
  /** Share of one core since the sample before, in percent; may pass 100 on several cores. */
  cpuPercent: z.number().nullable(),
})

export type MetricSample = z.infer<typeof metricSampleSchema>

/** The manual's normal range and alarm, in the units of the sample. */
export const thresholds = {
  rssBytes: { normal: 500 * 1024 * 1024, alarm: 1024 * 1024 * 1024 },
  cpuPercent: { normal: 30, alarm: 80 },
} as const

export const sampleIntervalMs = 5_000
export const historyMs = 3_600_000
