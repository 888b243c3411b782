import { figures } from '../../../../host/supervisor/figures.ts'
import {
  currentRun,
  type Effect,
  type GatewayExit,
  initialState,
  type SupervisorEvent,
  type SupervisorState,
} from '../../../../host/supervisor/state.ts'
import { transition } from '../../../../host/supervisor/transition.ts'

type Unaddressed<E> = E extends { runId: string } ? Omit<E, 'runId'> & { runId?: string } : E

/** Drives the reducer by hand: holds the state and the clock, addresses events to the current run. */
export class Drive {
  state: SupervisorState
  effects: readonly Effect[] = []
  mono = 1_000_000
  wall = 1_700_000_000_000

  constructor() {
    this.state = initialState({ mono: this.mono, wall: this.wall })
  }

  send(event: Unaddressed<SupervisorEvent>): this {
    const addressed = { runId: currentRun(this.state), ...event } as SupervisorEvent
    const result = transition(this.state, addressed, { mono: this.mono, wall: this.wall }, figures)
    this.state = result.state
    this.effects = result.effects
    return this
  }

  wait(ms: number): this {
    this.mono += ms
    this.wall += ms
    return this
  }

  /** From rest to waiting for the first answer of process `pid`. */
  launch(pid = 100): this {
    return this.send({ type: 'startRequested' }).spawn(pid)
  }

  spawn(pid = 100): this {
    return this.send({ type: 'configAccepted' }).send({ type: 'portFree' }).send({ type: 'spawned', pid })
  }

  ready(pid = 100): this {
    return this.launch(pid).send({ type: 'replied', unwell: null })
  }

  exit(exit: Partial<GatewayExit> = {}, roll = 0.5): this {
    const full: GatewayExit = { code: 1, signal: null, lastLines: [], ...exit }
    return this.send({ type: 'exited', exit: full, refusal: null, roll })
  }

  /** Whatever keeps the next run waiting is over, and it gets as far as its process. */
  spawnAgain(): this {
    if (this.name === 'backingOff') this.send({ type: 'timerFired', timer: 'backOff' })
    return this.spawn()
  }

  get name(): string {
    return this.state.gateway.name
  }

  did(what: Effect['do']): Effect[] {
    return this.effects.filter((effect) => effect.do === what)
  }

  noted(): string[] {
    return this.effects.flatMap((effect) => (effect.do === 'note' ? [effect.kind] : []))
  }
}
