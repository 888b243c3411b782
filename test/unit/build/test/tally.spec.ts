import { describe, expect, it } from 'vitest'
import { report } from '../../../../build/test/tally.ts'

describe('the end of npm test', () => {
  it('counts, and says why for each that did not pass', () => {
    const text = report([
      { name: 'types', result: 'passed' },
      { name: 'a › b', result: 'failed', detail: 'expected 1\nto be 2' },
      { name: 'a › c', result: 'skipped', reason: 'chromium is missing: install it' },
    ])
    expect(text.split('\n').at(-1)).toBe('1 passed, 1 failed, 1 skipped')
    expect(text).toContain('a › c: chromium is missing: install it')
    expect(text).toContain('Failed: a › b\n  expected 1\n  to be 2')
  })
})
