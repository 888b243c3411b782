import { describe, expect, it } from 'vitest'
import { lookDaily } from '../../../../host/updates/look-daily.ts'
import { StillClock } from '../../../fixtures/still-clock.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function looking(checkedAt: () => (number | null)[], clock = new StillClock()) {
  const looks: number[] = []
  const look = async () => void looks.push(clock.mono)
  return { clock, looks, stop: lookDaily({ clock, random: () => 0.5, checkedAt, look }) }
}

describe('looking for updates by itself', () => {
  it('begins minutes after the start, and goes on once a day', () => {
    let last: number | null = null
    const { clock, looks } = looking(() => [last])
    clock.pass(minute)
    expect(looks).toEqual([])
    clock.pass(5 * minute)
    expect(looks).toHaveLength(1)
    last = clock.wall
    clock.pass(day)
    expect(looks).toHaveLength(1)
    clock.pass(hour)
    expect(looks).toHaveLength(2)
  })

  it('tries again an hour after a failure', () => {
    const { clock, looks } = looking(() => [null])
    clock.pass(50 * minute)
    expect(looks).toHaveLength(1)
    clock.pass(day)
    expect(looks.length).toBeGreaterThanOrEqual(22)
    expect(looks.length).toBeLessThanOrEqual(25)
  })

  it('notices a night asleep, and a clock that was set back', () => {
    let last: number | null = new StillClock().wall
    const { clock, looks } = looking(() => [last])
    clock.pass(hour)
    expect(looks).toEqual([])
    clock.set(clock.wall + 2 * day)
    clock.pass(5 * minute)
    expect(looks).toHaveLength(1)
    last = clock.wall
    clock.set(clock.wall - 30 * day)
    clock.pass(90 * minute)
    expect(looks).toHaveLength(2)
  })

  it('does not look where nothing is to be asked, or once it has ended', () => {
    const { clock, looks } = looking(() => [])
    clock.pass(3 * day)
    const other = looking(() => [null], clock)
    other.stop()
    clock.pass(day)
    expect([looks, other.looks]).toEqual([[], []])
  })
})
