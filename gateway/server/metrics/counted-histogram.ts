import { Histogram } from 'prom-client'
import { type Durations, durationBounds } from './durations.ts'

interface CountedHistogramOptions {
  readonly name: string
  readonly help: string
  readonly label: string
  /** Asked at each scrape. */
  readonly read: () => Iterable<readonly [labelValue: string, durations: Durations]>
}

/** A histogram whose buckets were counted elsewhere, where counting must cost nothing. */
export class CountedHistogram extends Histogram {
  readonly #options: CountedHistogramOptions

  constructor(options: CountedHistogramOptions) {
    const { name, help, label } = options
    super({ name, help, labelNames: [label], buckets: [...durationBounds], registers: [] })
    this.#options = options
  }

  /** The registry asks by this name. */
  async getForPromString() {
    const { name, help, label, read } = this.#options
    const values = [...read()].flatMap(([value, { buckets, count, sum }]) => {
      let below = 0
      const cumulated = durationBounds.map((bound, at) => {
        below += buckets[at] ?? 0
        return { metricName: `${name}_bucket`, labels: { [label]: value, le: bound }, value: below }
      })
      return [
        ...cumulated,
        { metricName: `${name}_bucket`, labels: { [label]: value, le: '+Inf' }, value: count },
        { metricName: `${name}_sum`, labels: { [label]: value }, value: sum },
        { metricName: `${name}_count`, labels: { [label]: value }, value: count },
      ]
    })
    return { name, help, type: 'histogram', aggregator: 'sum', values }
  }
}
