import { describe, expect, it } from 'vitest'
import { mainAct, offeredActs } from '../../../../../renderer/features/overview/gateway-acts.ts'
import { textsIn } from '../../../../../shared/wording/texts.ts'
import { type ScriptedState, scriptedStates } from '../../../../fixtures/scripted-states.ts'

const states = scriptedStates(Date.now())
const t = textsIn('en')

describe('offeredActs', () => {
  it.each<[ScriptedState, string[], string | null]>([
    ['stopped', ['Start*'], 'start'],
    ['starting', ['Stop'], 'stop'],
    ['running', ['Restart', 'Stop'], 'stop'],
    ['degraded', ['Restart*', 'Stop'], 'restart'],
    ['stopping', [], null],
    ['backingOff', ['Start now*', 'Stop'], 'start'],
    ['failed', ['Start again*'], 'start'],
    ['adopted', [], null],
    ['service', ['Restart', 'Stop'], 'stop'],
    ['serviceFailed', ['Start again*'], 'start'],
    ['foreign', [], null],
  ])('%s offers %j, the primary one starred, and %s on every page', (state, labels, main) => {
    const offered = offeredActs(t, states[state])
    expect(offered.map(({ label, isPrimary }) => label + (isPrimary ? '*' : ''))).toEqual(labels)
    expect(mainAct(states[state])).toBe(main)
  })

  it('lets a restart under way be stopped', () => {
    const restarting = { ...states.stopping, next: 'start' as const }
    expect(offeredActs(t, restarting).map(({ act }) => act)).toEqual(['stop'])
  })
})
