import { expect, it } from 'vitest'
import { asksForWindow, secondStart } from '../../../../electron/start/second-start.ts'

const options = { port: 1, gatewayPort: undefined }

it('a second start shows the window, unless it was told not to', () => {
  expect(asksForWindow(secondStart({ ...options, open: true }))).toBe(true)
  expect(asksForWindow(secondStart({ ...options, open: false }))).toBe(false)
})

it('so does that of a later version', () => {
  expect(asksForWindow({ form: 2, show: true, page: 'logs' })).toBe(true)
})

it.each([
  [undefined],
  [null],
  ['show'],
  [[1, true]],
  [{}],
  [{ show: true }],
  [{ form: 1, show: 'yes' }],
  [{ form: '1', show: true }],
  [{ form: Number.NaN, show: true }],
  [{ form: 0, show: true }],
  [{ form: 1.5, show: true }],
  [{ form: { valueOf: (): number => 1 }, show: true }],
])('data of another program, %j, brings about nothing', (data) => {
  expect(asksForWindow(data)).toBe(false)
})
