import { describe, expect, it } from 'vitest'
import { compareVersions, isPrerelease } from '../../../../electron/updates/version-order.ts'

/** As semver.org orders them. */
const ascending = [
  '0.9.10',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1-0',
  '1.2.0',
  '1.10.0',
]

describe('the order of versions', () => {
  it('is that of semver, also both ways round', () => {
    for (const [index, a] of ascending.entries()) {
      for (const [other, b] of ascending.entries()) {
        expect(Math.sign(compareVersions(a, b)), `${a} and ${b}`).toBe(Math.sign(index - other))
      }
    }
  })

  it('knows no difference by build, and a pre-release by its dash', () => {
    expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0)
    expect(['1.0.0', '1.0.0-rc', '1.0.0+a-b'].map(isPrerelease)).toEqual([false, true, false])
  })
})
