import { median, p95 } from './statistics.ts'

export interface Row {
  readonly what: string
  readonly unit: 'ms' | 'MB' | '%' | 'kB' | '/s'
  readonly samples: number
  readonly median: number
  readonly p95: number
  /** Median of the bare peer measured in between, and how many times that ours is. */
  readonly bare: number | null
  readonly ratio: number | null
  readonly limit: string
  /** null where the row is shown for the record only. */
  readonly holds: boolean | null
}

export interface Limits {
  readonly median?: number
  readonly p95?: number
  /** Times the bare peer. */
  readonly ratio?: number
  /** At least so many times the bare peer: for what is better the more it is. */
  readonly leastRatio?: number
}

export interface Measured {
  readonly what: string
  readonly unit: Row['unit']
  readonly values: readonly number[]
  readonly bare?: readonly number[]
  readonly limits?: Limits
}

export function toRow({ what, unit, values, bare, limits = {} }: Measured): Row {
  const peer = bare === undefined ? null : median(bare)
  const measured = {
    median: median(values),
    p95: p95(values),
    ratio: peer === null ? null : median(values) / peer,
  }
  const areFinite = values.every(Number.isFinite)
  const checks = (['median', 'p95', 'ratio'] as const).flatMap((key) => {
    const limit = limits[key]
    if (limit === undefined) return []
    return [
      { text: `≤ ${limitText[key](limit, unit)}`, holds: areFinite && (measured[key] ?? Infinity) <= limit },
    ]
  })
  const { leastRatio } = limits
  if (leastRatio !== undefined) {
    const holds = areFinite && (measured.ratio ?? 0) >= leastRatio
    checks.push({ text: `≥ ${limitText.ratio(leastRatio)}`, holds })
  }
  return {
    what,
    unit,
    samples: values.length,
    ...measured,
    bare: peer,
    limit: checks.map(({ text }) => text).join(', ') || '–',
    holds: checks.length === 0 ? null : checks.every(({ holds }) => holds),
  }
}

const limitText = {
  median: (n: number, unit: string) => `${n} ${unit}`,
  p95: (n: number, unit: string) => `p95 ${n} ${unit}`,
  ratio: (n: number) => `${n} × bare`,
}
