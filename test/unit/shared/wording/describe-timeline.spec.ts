import { describe, expect, it } from 'vitest'
import { problem } from '../../../../shared/problem.ts'
import { type TimelineEntry, timelineKinds } from '../../../../shared/timeline.ts'
import { describeTimelineEntry } from '../../../../shared/wording/describe-timeline.ts'

const entry = (change: Partial<TimelineEntry>): TimelineEntry => ({
  seq: 1,
  at: 0,
  kind: 'gatewayReady',
  problem: null,
  evidence: {},
  ...change,
})

describe('describeTimelineEntry', () => {
  it.each(timelineKinds)('has words for %s in both languages', (kind) => {
    expect(describeTimelineEntry('en', entry({ kind })).title).toMatch(/^[A-Z][^.]+$/)
    expect(describeTimelineEntry('zh-CN', entry({ kind })).title).toMatch(/[\u4e00-\u9fff]/)
  })

  it('names each piece of evidence and says figures in words', () => {
    const evidence = { pid: 4121, ms: 184, uptimeMs: 8_040_000, exit: 'SIGKILL', lastLines: ['one', 'two'] }
    expect(describeTimelineEntry('en', entry({ evidence })).facts).toEqual([
      { key: 'pid', label: 'PID', value: '4121' },
      { key: 'ms', label: 'Took', value: '184 ms' },
      { key: 'uptimeMs', label: 'Had run', value: '2 h 14 min' },
      { key: 'exit', label: 'End', value: 'signal SIGKILL' },
      { key: 'lastLines', label: 'Last lines', value: ['one', 'two'] },
    ])
  })

  it('keeps evidence it has no label for', () => {
    const described = describeTimelineEntry('zh-CN', entry({ evidence: { moonPhase: 'full' } }))
    expect(described.facts).toEqual([{ key: 'moonPhase', label: 'moonPhase', value: 'full' }])
  })

  it('carries the problem in words', () => {
    const hung = problem('GATEWAY_HUNG', { seconds: 15 })
    expect(describeTimelineEntry('en', entry({ problem: hung })).problem?.why).toContain('15 s')
  })
})
