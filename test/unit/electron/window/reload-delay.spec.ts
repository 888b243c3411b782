import { expect, it } from 'vitest'
import { reloadDelays } from '../../../../electron/window/reload-delay.ts'

it('waits longer each time a page ends at once, and starts anew after one that lived', () => {
  const delayAt = reloadDelays()
  let now = 0
  const soon = Array.from({ length: 9 }, () => {
    const delay = delayAt(now)
    now += delay + 100
    return delay
  })
  expect(soon).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  expect(delayAt(now + 61_000)).toBe(500)
})
