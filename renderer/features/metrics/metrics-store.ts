import { create } from 'zustand'
import { historyMs, type MetricSample } from '../../../shared/metrics.ts'

type MetricsStore = {
  /** Oldest first, the last hour. */
  samples: readonly MetricSample[]
  replaced(samples: readonly MetricSample[]): void
  sampled(sample: MetricSample): void
}

export const useMetrics = create<MetricsStore>()((set, get) => ({
  samples: [],
  replaced: (samples) => set({ samples }),
  sampled: (sample) => {
    const { samples } = get()
    if (sample.at <= (samples.at(-1)?.at ?? -1)) return
    set({ samples: [...samples.filter(({ at }) => at > sample.at - historyMs), sample] })
  },
}))
