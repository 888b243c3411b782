/** Pure decisions of the daily backup. Times are wall clock, ms since 1970; days are local ones. */

export interface Schedule {
  readonly enabled: boolean
  /** `HH:MM`, local time. */
  readonly at: string
}

/** What is remembered of the past, across restarts of the host. */
export interface ScheduleMemory {
  /** The moment for which the last backup was made; null before the first. */
  readonly lastSlot: number | null
  /** Since when the schedule is as it is: what would have been due before is not caught up on. */
  readonly since: number
}

/** By more than this a clock is not merely read a moment late, but was set. */
const clockSlackMs = 60_000

/**
 * The memory as it can be meant by the clock of now. A clock that ran ahead and was set back leaves moments
 * that have not come: they count as the latest one that has, so that nothing is made twice and the schedule
 * is not silent until they come.
 */
export function settledMemory(schedule: Schedule, memory: ScheduleMemory, now: number): ScheduleMemory {
  const isAhead = (moment: number) => moment > now + clockSlackMs
  const { lastSlot, since } = memory
  return {
    lastSlot: lastSlot !== null && isAhead(lastSlot) ? latestSlot(schedule.at, now) : lastSlot,
    since: isAhead(since) ? now : since,
  }
}

/**
 * The moment of the day for which a backup has to be made now, or null. However many were missed while the
 * machine slept or was off, one catches up on them. `memory` is a settled one.
 */
export function dueSlot(schedule: Schedule, memory: ScheduleMemory, now: number): number | null {
  const slot = latestSlot(schedule.at, now)
  const isDue = schedule.enabled && slot >= memory.since && slot > (memory.lastSlot ?? 0)
  return isDue ? slot : null
}

/** The next moment at which one is due, or null where the schedule is off. */
export function nextSlot(schedule: Schedule, now: number): number | null {
  if (!schedule.enabled) return null
  const today = slotOn(schedule.at, now, 0)
  return today > now ? today : slotOn(schedule.at, now, 1)
}

/** The last moment of this time of day that has come. */
export function latestSlot(at: string, now: number): number {
  const today = slotOn(at, now, 0)
  return today <= now ? today : slotOn(at, now, -1)
}

/** By the calendar and not by 24 hours: a day with a change of summer time has 23 or 25. */
function slotOn(at: string, now: number, daysLater: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + daysLater, hours, minutes).getTime()
}
