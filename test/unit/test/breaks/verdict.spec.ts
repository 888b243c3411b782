import { describe, expect, it } from 'vitest'
import { judge } from '../../../breaks/verdict.ts'

describe('what a run of a spec shows', () => {
  const passed = { name: 's › a', result: 'passed' } as const
  const failed = { name: 's › b', result: 'failed', detail: 'd' } as const
  const unloadable = { name: 's', result: 'failed', detail: 'SyntaxError' } as const
  const skipped = { name: 's › c', result: 'skipped', reason: 'chromium is missing' } as const

  it.each([
    [[passed, skipped], 'green'],
    [[passed, failed], 'red'],
    [[unloadable], { unusable: 'SyntaxError' }],
    [[skipped], { skipped: 'chromium is missing' }],
    [[], { unusable: 'no test ran' }],
  ])('%j is %j', (outcomes, result) => {
    expect(judge(outcomes)).toEqual(result)
  })
})
