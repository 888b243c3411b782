import { describe, expect, it } from 'vitest'
import { reconnectDelayMs } from '../../../../renderer/transport/reconnect-delay.ts'

describe('reconnectDelayMs', () => {
  it('doubles from a quarter of a second to five', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => reconnectDelayMs(attempt, 0))).toEqual([
      250, 500, 1000, 2000, 4000, 5000, 5000, 5000,
    ])
  })

  it('spreads by up to a quarter', () => {
    expect(reconnectDelayMs(4, 0.999)).toBeGreaterThanOrEqual(1500)
    expect(reconnectDelayMs(4, 0.5)).toBe(1750)
  })
})
