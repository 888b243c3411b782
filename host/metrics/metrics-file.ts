import { z } from 'zod'
import { type MetricSample, metricSampleSchema } from '../../shared/metrics.ts'
import { RecordFile } from '../records/record-file.ts'

const saveEveryMs = 60_000

export interface MetricsFile {
  /** The samples of earlier runs of the host, oldest first. */
  restore(): Promise<MetricSample[]>
  /** Saves when a minute has passed since the last time. */
  sampled(history: () => MetricSample[]): void
  save(history: MetricSample[]): Promise<void>
}

/** Keeps the last hour across restarts of the host; at most a minute is lost when it is killed. */
export function openMetricsFile(path: string): MetricsFile {
  const file = new RecordFile(path, z.array(metricSampleSchema))
  let savedAt = performance.now()
  return {
    async restore() {
      const found = await file.read()
      return found.kind === 'found' ? found.value : []
    },
    sampled(history) {
      if (performance.now() - savedAt < saveEveryMs) return
      savedAt = performance.now()
      file.write(history()).catch(() => {}) // tried again in a minute
    },
    save: (history) => file.write(history).catch(() => {}),
  }
}
