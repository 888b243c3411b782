import { expect, it } from 'vitest'
import { withinTime } from '../../../../../gateway/cli/logs/within-time.ts'
import type { LogLine } from '../../../../../shared/log.ts'

const line = (text: string, time: number | null): LogLine => ({
  offset: 0,
  bytes: 0,
  time,
  level: null,
  subsystem: null,
  text,
  cutBytes: 0,
})

it('takes lines without a time along with the one before them', () => {
  const lines = [
    line('rest of a trace', null),
    line('early', 10),
    line('its trace', null),
    line('first', 20),
    line('its trace', null),
    line('last', 29),
    line('late', 30),
    line('its trace', null),
  ]
  const texts = (since: number | null, until: number | null) =>
    withinTime(since, until)(lines).map(({ text }) => text)
  expect(texts(20, 30)).toEqual(['first', 'its trace', 'last'])
  expect(texts(null, 20)).toEqual(['rest of a trace', 'early', 'its trace'])
  expect(texts(30, null)).toEqual(['late', 'its trace'])
  expect(withinTime(1, 2)([line('no time at all', null)])).toHaveLength(1)
})
