import { historyMs, type MetricSample, sampleIntervalMs } from '../../shared/metrics.ts'
import type { Clock } from '../clock.ts'
import type { ProcessTable } from '../processes/process-table.ts'

interface SamplerPorts {
  readonly clock: Clock
  readonly table: Pick<ProcessTable, 'usage'>
  /** The gateway's process now, or null. */
  pid(): number | null
  sampled(sample: MetricSample): void
}

export interface Sampler {
  /** The last hour, oldest first. */
  history(): MetricSample[]
  stop(): void
}

/** Looks at the gateway's memory and CPU each five seconds; keeps an hour. */
export function startSampler(ports: SamplerPorts, restored: readonly MetricSample[]): Sampler {
  const samples = restored.filter((sample) => sample.at > ports.clock.now().wall - historyMs)
  let before: { pid: number; cpuMs: number; mono: number } | null = null
  let cancel = ports.clock.after(0, look)
  let isStopped = false

  function look(): void {
    void sample().then(() => {
      if (!isStopped) cancel = ports.clock.after(sampleIntervalMs, look)
    })
  }

  async function sample(): Promise<void> {
    const pid = ports.pid()
    const usage = pid === null ? null : await ports.table.usage(pid)
    const now = ports.clock.now()
    const next: MetricSample = { at: now.wall, rssBytes: usage?.rssBytes ?? null, cpuPercent: null }
    if (usage && pid !== null) {
      // The first look at a process has nothing to compare with: its CPU share is not known yet.
      if (before?.pid === pid)
        next.cpuPercent = ((usage.cpuMs - before.cpuMs) / (now.mono - before.mono)) * 100
      before = { pid, cpuMs: usage.cpuMs, mono: now.mono }
    } else {
      before = null
    }
    samples.push(next)
    while ((samples[0]?.at ?? now.wall) <= now.wall - historyMs) samples.shift()
    if (!isStopped) ports.sampled(next)
  }

  return {
    history: () => [...samples],
    stop() {
      isStopped = true
      cancel()
    },
  }
}
