import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figures } from '../../../../host/supervisor/figures.ts'
import {
  currentRun,
  type Effect,
  initialState,
  type OtherGateway,
  type SupervisorEvent,
  type SupervisorState,
} from '../../../../host/supervisor/state.ts'
import { transition } from '../../../../host/supervisor/transition.ts'
import { childPidOf } from '../../../../shared/gateway-state.ts'
import { problem } from '../../../../shared/problem.ts'

const exit = fc.record({
  code: fc.constantFrom(0, 1, 78, null),
  signal: fc.constantFrom(null, 'SIGKILL'),
  lastLines: fc.constant([]),
})
const run = fc.constantFrom('current', 'run-1', 'run-2')
const found = problem('CONFIG_NOT_A_FILE', { path: 'p' })
const identity = { pid: 900, startTime: '7' }
const theirs: OtherGateway = { kind: 'adopted', identity, program: 'node', unwell: null }
const another: OtherGateway = { kind: 'foreign', identity: null, program: '', user: 'eve', problem: found }
const sighting = fc.record({
  manager: fc.constant('systemd' as const),
  unit: fc.constant('moltbot-gateway.service'),
  phase: fc.constantFrom('running' as const, 'starting' as const, 'stopped' as const, 'failed' as const),
  pid: fc.constantFrom(null, 700),
  unwell: fc.constant(null),
})
const ownStep = fc.oneof(
  fc.record({ type: fc.constantFrom('startRequested' as const, 'restartRequested' as const) }),
  fc.record({
    type: fc.constant('stopRequested' as const),
    by: fc.constantFrom('owner' as const, 'quit' as const),
  }),
  fc.record({ type: fc.constant('held' as const) }),
  fc.record({ type: fc.constant('released' as const), start: fc.boolean() }),
  fc.record({
    type: fc.constantFrom('configAccepted' as const, 'portFree' as const, 'missed' as const),
    runId: run,
  }),
  fc.record({ type: fc.constant('blocked' as const), runId: run, problem: fc.constant(found) }),
  fc.record({ type: fc.constant('replied' as const), runId: run, unwell: fc.constantFrom(null, 'bad') }),
  fc.record({
    type: fc.constant('exited' as const),
    runId: run,
    exit,
    refusal: fc.constantFrom(null, found),
    roll: fc.double({ min: 0, max: 0.99, noNaN: true }),
  }),
  fc.record({
    type: fc.constant('timerFired' as const),
    runId: run,
    timer: fc.constantFrom('slowStart' as const, 'kill' as const, 'backOff' as const, 'healthy' as const),
  }),
  fc.record({ type: fc.constant('obstacleGone' as const), runId: run }),
  fc.record({ type: fc.constant('wokeUp' as const), sleptMs: fc.nat() }),
)
/** With gateways that are not our child. */
const anyStep = fc.oneof(
  { weight: 10, arbitrary: ownStep },
  fc.record({ type: fc.constant('opened' as const), start: fc.boolean() }),
  fc.record({
    type: fc.constant('foundOther' as const),
    runId: run,
    other: fc.constantFrom(theirs, another),
  }),
  fc.record({ type: fc.constant('otherSeen' as const), runId: run, unwell: fc.constantFrom(null, found) }),
  fc.record({
    type: fc.constantFrom('otherEnded' as const, 'serviceGone' as const),
    runId: run,
    start: fc.boolean(),
  }),
  fc.record({ type: fc.constant('serviceSeen' as const), runId: run, service: sighting }),
  fc.record({ type: fc.constant('serviceRefused' as const), runId: run, problem: fc.constant(found) }),
)

/** The world as the effects make it: which process lives, which timers run. */
class World {
  state: SupervisorState = initialState({ mono: 0, wall: 0 })
  mono = 0
  living: string | null = null
  spawned = 0
  timers = new Set<string>()

  deliver(event: SupervisorEvent): void {
    // A process ends once, and only one that lives: the kernel sends no other exits.
    if (event.type === 'exited') {
      if (this.living !== event.runId) return
      this.living = null
    }
    const result = transition(this.state, event, { mono: this.mono, wall: this.mono }, figures)
    this.state = result.state
    for (const effect of result.effects) this.perform(effect)
  }

  perform(effect: Effect): void {
    if (effect.do === 'clearTimers') this.timers.clear()
    if (effect.do === 'setTimer') this.timers.add(effect.timer)
    if (effect.do === 'terminate' || effect.do === 'kill') {
      expect(this.living, 'a signal with no child of ours').not.toBeNull()
    }
    if (effect.do !== 'spawn') return
    expect(this.living, 'a second gateway was started beside a living one').toBeNull()
    this.living = effect.runId
    this.spawned += 1
    this.deliver({ type: 'spawned', runId: effect.runId, pid: this.spawned })
  }
}

describe('whatever happens in whatever order', () => {
  it.each([
    ['ours alone', ownStep],
    ['those of others', anyStep],
  ])(
    '%s: there is never a second gateway, no living one is forgotten, and a stop can always end',
    (_, step) => {
      fc.assert(
        fc.property(fc.array(fc.tuple(step, fc.nat({ max: 30_000 })), { maxLength: 60 }), (steps) => {
          const world = new World()
          for (const [event, laterMs] of steps) {
            world.mono += laterMs
            const addressed =
              'runId' in event && event.runId === 'current'
                ? { ...event, runId: currentRun(world.state) }
                : event
            world.deliver(addressed as SupervisorEvent)
            const { gateway } = world.state
            const pid = childPidOf(gateway)
            expect(pid !== null, `${gateway.name} and a living process disagree`).toBe(world.living !== null)
            if (world.state.isHeld)
              expect(['starting', 'running', 'degraded', 'backingOff']).not.toContain(gateway.name)
            if (gateway.name === 'stopping') expect([...world.timers]).toContain('kill')
            if (gateway.name === 'backingOff') expect([...world.timers]).toContain('backOff')
          }
          const isOthers = step === anyStep
          world.deliver({ type: 'stopRequested', by: 'owner' })
          if (world.living !== null) {
            const end = { code: null, signal: 'SIGKILL', lastLines: [] }
            world.deliver({ type: 'exited', runId: world.living, exit: end, refusal: null, roll: 0 })
          }
          // What is not our child may go on; nothing else does.
          const left = isOthers ? ['stopped', 'adopted', 'foreign', 'serviceManaged'] : ['stopped']
          expect(left).toContain(world.state.gateway.name)
        }),
        { numRuns: 2_000 },
      )
    },
  )
})
