import { type Language, textsIn } from './texts.ts'

const kib = 1024
const mib = kib * 1024
const gib = mib * 1024

/** `96 MB`, `1.2 GB`: in steps of 1024, as the manual's thresholds are. */
export function formatBytes(bytes: number): string {
  if (bytes < kib) return `${Math.round(bytes)} B`
  if (bytes < mib) return `${Math.round(bytes / kib)} KB`
  if (bytes < gib) return `${Math.round(bytes / mib)} MB`
  const gigabytes = bytes / gib
  return `${Number.isInteger(gigabytes) ? gigabytes : gigabytes.toFixed(1)} GB`
}

/** `0.4%` below ten, whole numbers above. */
export function formatPercent(percent: number): string {
  return `${percent > 0 && percent < 9.95 ? percent.toFixed(1) : Math.round(percent)}%`
}

/** `less than a second`, `42 s`, `3 min 5 s`, `2 h 14 min`, `3 d 4 h`. */
export function formatDuration(language: Language, ms: number): string {
  const t = textsIn(language)
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  if (seconds < 1) return t('duration.lessThanSecond')
  if (seconds < 60) return t('duration.seconds', { s: seconds })
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return t('duration.minutes', { min: minutes, s: seconds % 60 })
  if (minutes < 60) return t('duration.wholeMinutes', { min: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return t('duration.hours', { h: hours, min: minutes % 60 })
  return t('duration.days', { d: Math.floor(hours / 24), h: hours % 24 })
}

/** Milliseconds where they matter (`184 ms`), else a duration. */
export function formatTook(language: Language, ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : formatDuration(language, ms)
}

const dayMs = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(language: Language, kind: 'time' | 'day' | 'full'): Intl.DateTimeFormat {
  const key = `${language} ${kind}`
  const known = formats.get(key)
  if (known) return known
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const options: Intl.DateTimeFormatOptions = {
    time,
    day: { ...time, month: 'short', day: 'numeric' } as const,
    full: { ...time, year: 'numeric', month: 'short', day: 'numeric', second: '2-digit' } as const,
  }[kind]
  // British order gives `22 Nov, 09:12`: unmistakable wherever English is read.
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', options)
  formats.set(key, format)
  return format
}

/** `09:12` today, `22 Nov, 09:12` on another day, in local time. `at` and `now`: ms since 1970. */
export function formatClock(language: Language, at: number, now: number = Date.now()): string {
  const isToday = Math.abs(now - at) < dayMs && new Date(at).getDate() === new Date(now).getDate()
  return dateFormat(language, isToday ? 'time' : 'day').format(at)
}

/** `22 Nov, 09:12`, in local time: for a place that shows it for longer than a day. */
export function formatDayAndTime(language: Language, at: number): string {
  return dateFormat(language, 'day').format(at)
}

/** `22 Nov 2026, 09:12:31`, in local time. */
export function formatMoment(language: Language, at: number): string {
  return dateFormat(language, 'full').format(at)
}

/** `just now`, `4 min ago`, `2 h ago`, `3 d ago`: whole steps, so that it changes at most once a minute. */
export function formatAgo(language: Language, at: number, now: number): string {
  const t = textsIn(language)
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return t('ago.now')
  if (minutes < 60) return t('ago.minutes', { n: minutes })
  if (minutes < 24 * 60) return t('ago.hours', { n: Math.floor(minutes / 60) })
  return t('ago.days', { n: Math.floor(minutes / (24 * 60)) })
}
