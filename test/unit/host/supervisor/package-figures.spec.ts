import { expect, it } from 'vitest'
import { figures, packageFigures } from '../../../../host/supervisor/figures.ts'
import { transition } from '../../../../host/supervisor/transition.ts'
import { Drive } from './drive.ts'

it('a Moltbot from npm is called hung after 90 s of silence, where ours is after 15', () => {
  const { state, mono, wall } = new Drive().ready(7).wait(120_000).send({ type: 'replied', unwell: null })
  const after = (silentMs: number, given: typeof figures) =>
    transition(state, { type: 'missed', runId: 'run-1' }, { mono: mono + silentMs, wall }, given).state
      .gateway.name
  expect([after(16_000, figures), after(16_000, packageFigures(figures))]).toEqual(['stopping', 'running'])
  expect([after(89_000, packageFigures(figures)), after(91_000, packageFigures(figures))]).toEqual([
    'running',
    'stopping',
  ])
})
