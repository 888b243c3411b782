import { expect, it } from 'vitest'
import {
  isWholePath,
  keepIn,
  recipientsIn,
  timeIn,
} from '../../../../../renderer/features/backups/backup-text.ts'

it.each([
  ['03:00', '03:00'],
  [' 3:05 ', '03:05'],
  ['23：59', '23:59'],
  ['24:00', null],
  ['12:60', null],
  ['0300', null],
  ['', null],
])('reads the time %j as %j', (text, time) => expect(timeIn(text)).toBe(time))

it.each([
  ['1', 1],
  [' 365 ', 365],
  ['0', null],
  ['366', null],
  ['1e2', null],
  ['-1', null],
  ['', null],
])('reads %j to keep as %j', (text, keep) => expect(keepIn(text)).toBe(keep))

it.each([
  ['/media/disk', true],
  ['~/backups', true],
  ['~', false],
  ['/', false],
  ['backups', false],
  ['./x', false],
  ['', false],
])('takes %j for a whole path: %j', (text, isWhole) => expect(isWholePath(text)).toBe(isWhole))

it.each([
  ['age1qqqqqqqq', ['age1qqqqqqqq']],
  ['age1qqqqqqqq\n\n age1pppppppp \n', ['age1qqqqqqqq', 'age1pppppppp']],
  ['age1qqqqqqqq, age1pppppppp', ['age1qqqqqqqq', 'age1pppppppp']],
  ['AGE-SECRET-KEY-1QQQ', null],
  ['age1qqqqqqqq\nsomebody', null],
  ['', null],
  [Array.from({ length: 21 }, () => 'age1qqqqqqqq').join('\n'), null],
])('reads recipients in %j', (text, recipients) => expect(recipientsIn(text)).toEqual(recipients))
