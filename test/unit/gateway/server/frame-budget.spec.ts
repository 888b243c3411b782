import { expect, it } from 'vitest'
import { createFrameBudget } from '../../../../gateway/server/frame-budget.ts'

it('a client may send 200 frames a second, and 200 more in the next', () => {
  let now = 0
  const isWithin = createFrameBudget(() => now)
  for (let round = 0; round < 2; round += 1) {
    for (let count = 0; count < 200; count += 1) expect(isWithin()).toBe(true)
    expect(isWithin()).toBe(false)
    now += 1_000
  }
})
