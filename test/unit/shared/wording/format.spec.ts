import { describe, expect, it } from 'vitest'
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatDuration,
  formatMoment,
  formatPercent,
  formatTook,
} from '../../../../shared/wording/format.ts'
import { languageFor } from '../../../../shared/wording/texts.ts'

const mib = 1024 * 1024

describe('formats', () => {
  it.each([
    [107, '107 B'],
    [96.4 * mib, '96 MB'],
    [500 * mib, '500 MB'],
    [1024 * mib, '1 GB'],
    [1.25 * 1024 * mib, '1.3 GB'],
  ])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  it.each([
    [0, '0%'],
    [0.42, '0.4%'],
    [9.97, '10%'],
    [132.2, '132%'],
  ])('%d percent reads %s', (percent, text) => expect(formatPercent(percent)).toBe(text))

  it.each([
    [-5, 'less than a second', '不到 1 秒'],
    [42_900, '42 s', '42 秒'],
    [185_000, '3 min 5 s', '3 分 5 秒'],
    [1_805_000, '30 min', '30 分钟'],
    [8_040_000, '2 h 14 min', '2 小时 14 分'],
    [273_600_000, '3 d 4 h', '3 天 4 小时'],
  ])('%d ms last %s', (ms, english, chinese) => {
    expect(formatDuration('en', ms)).toBe(english)
    expect(formatDuration('zh-CN', ms)).toBe(chinese)
  })

  it('keeps milliseconds below a second', () => {
    expect(formatTook('en', 184.4)).toBe('184 ms')
    expect(formatTook('en', 2_000)).toBe('2 s')
  })

  it('names the day only when it is another one', () => {
    const now = new Date(2026, 10, 22, 14, 0).getTime()
    expect(formatClock('en', new Date(2026, 10, 22, 9, 12).getTime(), now)).toBe('09:12')
    expect(formatClock('en', new Date(2026, 10, 21, 23, 12).getTime(), now)).toBe('21 Nov, 23:12')
    expect(formatClock('zh-CN', new Date(2026, 9, 22, 9, 12).getTime(), now)).toBe('10月22日 09:12')
    expect(formatMoment('en', now)).toBe('22 Nov 2026, 14:00:00')
  })

  it('counts back in whole steps', () => {
    expect(formatAgo('en', 0, 59_000)).toBe('just now')
    expect(formatAgo('en', 0, 61_000)).toBe('1 min ago')
    expect(formatAgo('zh-CN', 0, 7_300_000)).toBe('2 小时前')
    expect(formatAgo('en', 5_000, 0)).toBe('just now')
  })
})

describe('languageFor', () => {
  it.each(['zh', 'zh-CN', 'zh-Hant-TW', 'zh_CN.UTF-8'])('%s is Chinese', (locale) => {
    expect(languageFor(locale)).toBe('zh-CN')
  })
  it.each(['en-US', 'de', 'zha', undefined])('%s reads English', (locale) => {
    expect(languageFor(locale)).toBe('en')
  })
})
