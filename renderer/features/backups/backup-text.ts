import { scheduleTimePattern } from '../../../shared/backups.ts'

/** A time of the day as the host takes it, `03:00`, also from `3:00` or a full-width colon; null for none. */
export function timeIn(text: string): string | null {
  const time = text.trim().replace('：', ':').padStart(5, '0')
  return scheduleTimePattern.test(time) ? time : null
}

/** A whole path, as the host takes it. `~/` stands for the home folder. */
export function isWholePath(text: string): boolean {
  return /^(?:\/|~\/)./.test(text.trim())
}

/** How many backups are kept: 1 to 365 in decimal digits; null for anything else. */
export function keepIn(text: string): number | null {
  if (!/^\d{1,3}$/.test(text.trim())) return null
  const keep = Number(text)
  return keep >= 1 && keep <= 365 ? keep : null
}

/** Age recipients, one on each line; null where a line is none, or there are none or too many. */
export function recipientsIn(text: string): string[] | null {
  const lines = text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const areAll = lines.every((line) => /^age1[a-z0-9-]{6,}$/.test(line))
  return areAll && lines.length >= 1 && lines.length <= 20 ? lines : null
}
