import { beforeEach, describe, expect, it } from 'vitest'
import { runSchedule } from '../../../../host/backup/run-schedule.ts'
import { StillClock } from '../../../fixtures/still-clock.ts'

const evening = new Date('2026-11-22T20:00').getTime()
const slot = new Date('2026-11-23T03:30').getTime()
const hour = 3_600_000

let clock: StillClock
let made: number[]
let isBusy: boolean
/** Whether a backup comes about. */
let works: boolean
let memory: { lastSlot: number | null; since: number }

beforeEach(() => {
  clock = new StillClock(evening)
  made = []
  isBusy = false
  works = true
  memory = { lastSlot: null, since: evening }
})

function start(): () => void {
  return runSchedule({
    clock,
    isBusy: () => isBusy,
    backups: {
      get schedule() {
        return { enabled: true, at: '03:30', ...memory }
      },
      noticeTime: () => {},
      create(_, due) {
        made.push(due ?? 0)
        if (works) memory = { ...memory, lastSlot: due ?? null }
        return 'job'
      },
    },
  })
}

describe('the schedule', () => {
  it('makes one backup a day, within half a minute of its time', () => {
    start()
    clock.pass(slot - evening - 1)
    expect(made).toEqual([])
    clock.pass(30_001)
    expect(made).toEqual([slot])
    clock.pass(23 * hour)
    expect(made).toEqual([slot])
    clock.pass(hour)
    expect(made).toHaveLength(2)
  })

  it('catches up within half a minute of waking, once', () => {
    start()
    clock.set(evening + 5 * 24 * hour) // five nights slept through
    clock.pass(30_000)
    expect(made).toHaveLength(1)
    clock.pass(hour)
    expect(made).toHaveLength(1)
  })

  it('tries again each hour what failed, and goes on with the next day', () => {
    works = false
    start()
    clock.pass(slot - evening + 30_000)
    clock.pass(2 * hour)
    expect(made).toEqual([slot, slot, slot])
    works = true
    clock.pass(hour)
    clock.pass(5 * hour)
    expect(made).toHaveLength(4)
  })

  it('waits for other work, and for nothing once it was ended', () => {
    isBusy = true
    const end = start()
    clock.pass(slot - evening + hour)
    expect(made).toEqual([])
    isBusy = false
    clock.pass(30_000)
    expect(made).toEqual([slot])
    end()
    clock.pass(10 * 24 * hour)
    expect(made).toHaveLength(1)
  })
})
