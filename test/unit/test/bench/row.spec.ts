import { describe, expect, it } from 'vitest'
import { toRow } from '../../../bench/row.ts'
import { toTable } from '../../../bench/table.ts'

describe('a row of the bench', () => {
  const values = [10, 30, 20, 40, 1000]

  it('holds only when each of its limits does', () => {
    const holds = (limits: object, bare?: number[]) =>
      toRow({ what: 'w', unit: 'ms', values, ...(bare ? { bare } : {}), limits }).holds
    expect(holds({ median: 30 })).toBe(true)
    expect(holds({ median: 29 })).toBe(false)
    expect(holds({ median: 30, p95: 999 })).toBe(false)
    expect(holds({ ratio: 3 }, [10, 10, 99])).toBe(true)
    expect(holds({ ratio: 3 }, [9, 9, 99])).toBe(false)
    expect(holds({ ratio: 3 })).toBe(false)
    expect(holds({})).toBeNull()
  })

  it('says NO in the table where it does not hold', () => {
    const [, line] = toTable([toRow({ what: 'start', unit: 'ms', values, limits: { p95: 250 } })]).split('\n')
    expect(line).toMatch(/^start\s+5\s+30\.0 ms\s+1000 ms\s+–\s+–\s+≤ p95 250 ms\s+NO$/)
  })
})
