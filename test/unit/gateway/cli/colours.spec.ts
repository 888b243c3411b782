import { expect, it } from 'vitest'
import { hasColours } from '../../../../gateway/cli/colours.ts'

it.each([
  [true, {}, true],
  [true, { TERM: 'dumb' }, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [false, {}, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
])('terminal %s with %j is painted: %s', (isTTY, env, painted) => {
  expect(hasColours({ isTTY }, env)).toBe(painted)
})
