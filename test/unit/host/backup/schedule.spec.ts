import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dueSlot,
  latestSlot,
  nextSlot,
  type ScheduleMemory,
  settledMemory,
} from '../../../../host/backup/schedule.ts'

const daily = { enabled: true, at: '03:30' }
const on = (text: string) => new Date(text).getTime()
const evening = on('2026-11-22T20:00')
const fresh: ScheduleMemory = { lastSlot: null, since: evening }

describe('when a backup is due', () => {
  it('is not at once, but from its time of day on, until it was made', () => {
    expect(dueSlot(daily, fresh, evening + 60_000)).toBeNull()
    const slot = on('2026-11-23T03:30')
    expect(dueSlot(daily, fresh, slot - 1)).toBeNull()
    expect(dueSlot(daily, fresh, slot)).toBe(slot)
    expect(dueSlot(daily, { ...fresh, lastSlot: slot }, slot + 3_600_000)).toBeNull()
    expect(nextSlot(daily, slot)).toBe(on('2026-11-24T03:30'))
  })

  it('is once, however many were slept through', () => {
    const memory = { ...fresh, lastSlot: on('2026-11-23T03:30') }
    const later = on('2026-11-30T11:00')
    const slot = dueSlot(daily, memory, later)
    expect(slot).toBe(on('2026-11-30T03:30'))
    expect(dueSlot(daily, { ...memory, lastSlot: slot }, later)).toBeNull()
  })

  it('is never where the schedule is off', () => {
    expect(dueSlot({ ...daily, enabled: false }, fresh, on('2026-12-24T12:00'))).toBeNull()
    expect(nextSlot({ ...daily, enabled: false }, evening)).toBeNull()
  })

  it('is not repeated by a clock that is set back, nor silenced by one that ran ahead', () => {
    const ahead = { ...fresh, lastSlot: on('2027-11-23T03:30') }
    const now = on('2026-11-23T12:00')
    const settled = settledMemory(daily, ahead, now)
    expect(dueSlot(daily, settled, now)).toBeNull()
    expect(dueSlot(daily, settled, on('2026-11-24T03:31'))).toBe(on('2026-11-24T03:30'))
    const setBack = settledMemory(
      daily,
      { ...fresh, lastSlot: on('2026-11-23T03:30') },
      on('2026-11-23T02:00'),
    )
    expect(dueSlot(daily, setBack, on('2026-11-23T02:00'))).toBeNull()
  })

  it('whatever the clock does, no moment has two backups and a day in order has one', () => {
    const jump = fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 })
    fc.assert(
      fc.property(fc.array(jump, { maxLength: 8 }), (jumps) => {
        let memory = fresh
        let now = evening
        const look = () => {
          memory = settledMemory(daily, memory, now)
          const slot = dueSlot(daily, memory, now)
          if (slot !== null) memory = { ...memory, lastSlot: slot }
          return slot
        }
        for (const by of jumps) {
          now = Math.max(on('2020-01-01T00:00'), now + by)
          look()
          expect(look(), 'twice for one moment').toBeNull()
        }
        // Two days in order bring at least one, whatever was before.
        const made = [look()]
        for (let hour = 0; hour < 48; hour += 1) {
          now += 3_600_000
          made.push(look())
        }
        expect(made.filter((slot) => slot !== null).length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('is by the calendar: also on the days of 23 and 25 hours', () => {
    for (let day = 0; day < 366; day += 1) {
      const noon = new Date(2026, 0, 1 + day, 12).getTime()
      expect(new Date(latestSlot('03:30', noon)).getDate()).toBe(new Date(noon).getDate())
    }
  })
})
