const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** A time as it is typed, in ms since 1970: `10m` ago, or a date with or without a time, on this machine's clock. */
export function parseMoment(text: string, now: number): number | null {
  const [, count, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? []
  if (count !== undefined) return now - Number(count) * (units[unit] ?? 0)
  const day = parseDay(text, now)
  if (day) return day.from
  const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?$/
  const isDay = parseDay(text.slice(0, 10), now) !== null
  const time = isDay && iso.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN
  return Number.isNaN(time) ? null : time
}

/** A whole day, by the local calendar: `2026-01-30`, `today`, `yesterday`. `until` is the next day's begin. */
export function parseDay(
  text: string,
  now: number,
): { readonly from: number; readonly until: number } | null {
  const today = new Date(now)
  const back = ['today', 'yesterday'].indexOf(text)
  if (back !== -1) return dayOf(today.getFullYear(), today.getMonth(), today.getDate() - back)
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || date === undefined) return null
  const day = dayOf(year, month - 1, date)
  // 2026-02-30 would silently be another day.
  const begin = new Date(day.from)
  return begin.getDate() === date && begin.getMonth() === month - 1 ? day : null
}

function dayOf(year: number, month: number, date: number) {
  return { from: new Date(year, month, date).getTime(), until: new Date(year, month, date + 1).getTime() }
}
