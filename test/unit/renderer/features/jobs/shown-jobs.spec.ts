import { describe, expect, it } from 'vitest'
import { percentOf, shownJobs } from '../../../../../renderer/features/jobs/shown-jobs.ts'
import { jobKinds, jobSteps } from '../../../../../shared/jobs.ts'
import { textsIn } from '../../../../../shared/wording/texts.ts'
import { aJob } from '../../../../fixtures/scripted-jobs.ts'

const minute = 60_000
const now = 100 * minute

describe('the jobs beside every page', () => {
  it('are those that run, and the one that ended last', () => {
    const run = aJob({ id: 'run' })
    const old = aJob({ id: 'old', state: 'failed', endedAt: now - 3 * minute })
    const late = aJob({ id: 'late', state: 'done', endedAt: now - minute })
    const shown = shownJobs({ jobs: [run, old, late] }, null, now)
    expect(shown.running).toEqual([run])
    expect(shown.ended).toBe(late)
    expect(shownJobs({ jobs: [run, old, late] }, 'late', now).ended).toBeNull()
  })

  it.each([
    ['done', 9, true],
    ['done', 11, false],
    ['cancelled', 11, false],
    ['failed', 99, true],
  ] as const)('a job that is %s is news for %i minutes: %j', (state, minutes, isNews) => {
    const job = aJob({ state, endedAt: now - minutes * minute })
    expect(shownJobs({ jobs: [job] }, null, now).ended !== null).toBe(isNews)
  })

  it.each([
    [{ done: 0, total: null }, null],
    [{ done: 5, total: 0 }, null],
    [{ done: 0, total: 10 }, 0],
    [{ done: 999, total: 1_000 }, 99],
    [{ done: 11, total: 10 }, 100],
  ])('%j are %j percent', (job, percent) => expect(percentOf(job)).toBe(percent))

  it.each(['en', 'zh-CN'] as const)('have words in %s for every kind, end and step', (language) => {
    const t = textsIn(language)
    const said = [
      ...jobKinds.flatMap((kind) =>
        (['running', 'done', 'failed', 'cancelled'] as const).map((state) => t(`jobs.${state}.${kind}`)),
      ),
      ...jobSteps.map((step) => t(`jobs.step.${step}`)),
    ]
    expect(said.filter((text) => text.startsWith('jobs.'))).toEqual([])
    expect(new Set(said).size).toBe(said.length)
  })
})
