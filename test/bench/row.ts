import { median, p95 } from './statistics.ts'

export interface Row {
  readonly what: string
  readonly unit: 'ms' | 'MB' | '%' | 'kB'
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
  const checks = (['median', 'p95', 'ratio'] as const).flatMap((key) => {
    const limit = limits[key]
    return limit === undefined
      ? []
      : [{ key, limit, holds: values.every(Number.isFinite) && (measured[key] ?? Infinity) <= limit }]
  })
  const limitText = {
    median: (n: number) => `${n} ${unit}`,
    p95: (n: number) => `p95 ${n} ${unit}`,
    ratio: (n: number) => `${n} × bare`,
  }
  return {
    what,
    unit,
    samples: values.length,
    ...measured,
    bare: peer,
    limit: checks.map(({ key, limit }) => `≤ ${limitText[key](limit)}`).join(', ') || '–',
    holds: checks.length === 0 ? null : checks.every(({ holds }) => holds),
  }
}
