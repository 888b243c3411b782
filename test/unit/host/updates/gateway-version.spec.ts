import { describe, expect, it } from 'vitest'
import { compareVersions, isSameRelease, isVersion } from '../../../../host/updates/gateway-version.ts'

/** The oldest first. */
const inOrder = [
  'latest',
  '0.1.0',
  '2025.12.31',
  '2026.1.24-alpha',
  '2026.1.24-beta.1',
  '2026.1.24-beta.2',
  '2026.1.24-beta.10',
  '2026.1.24-beta.10.1',
  '2026.1.24-beta.next',
  '2026.1.24',
  '2026.1.24-1',
  '2026.1.24-3',
  '2026.1.24-10',
  '2026.1.25-beta.1',
  '2026.1.25',
  '2026.10.1',
]

describe('versions of gateways', () => {
  it('are in the order in which they were released: a number behind the dash comes after its day', () => {
    for (const [at, one] of inOrder.entries()) {
      for (const [otherAt, other] of inOrder.entries()) {
        expect(Math.sign(compareVersions(one, other)), `${one} and ${other}`).toBe(Math.sign(at - otherAt))
      }
    }
  })

  it('are of one release whatever follows the dash', () => {
    expect(isSameRelease('2026.1.24', '2026.1.24-3')).toBe(true)
    expect(isSameRelease('2026.1.24-beta.1', '2026.1.24-3')).toBe(true)
    expect(isSameRelease('2026.1.24', '2026.1.25')).toBe(false)
    expect(isSameRelease('latest', 'latest')).toBe(false)
  })

  it('are exact: no range, tag, path, option or address', () => {
    for (const text of inOrder.slice(1)) expect(isVersion(text), text).toBe(true)
    const others = [
      '',
      'latest',
      '^1.0.0',
      '1.0',
      '1.0.0.0',
      '01.0.0',
      '1.0.0+build',
      '1.0.0-',
      ' 1.0.0',
      '1.0.0\n',
      '1.0.0 || 2.0.0',
      'npm:other@1.0.0',
      'file:../x',
      'git+https://example.com/x.git',
      '--registry=http://example.com',
      `1.0.0-${'a'.repeat(60)}`,
    ]
    for (const text of others) expect(isVersion(text), text).toBe(false)
  })
})
