import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { calmMs, type Notice } from '../../../../electron/notifications/notice-policy.ts'
import { type AnyNotice, noticeText } from '../../../../electron/notifications/notice-text.ts'
import { type Notices, runNotices } from '../../../../electron/notifications/run-notices.ts'
import type { GatewayState } from '../../../../shared/gateway-state.ts'
import { problem } from '../../../../shared/problem.ts'
import { scriptedStates, snapshotOf } from '../../../fixtures/scripted-states.ts'
import { StillClock } from '../../../fixtures/still-clock.ts'

const at = Date.UTC(2026, 10, 22, 9)
const states = scriptedStates(at)
const { running, starting, stopped, notStarted, stopping, degraded, backingOff, failed } = states
const { adopted, service, serviceFailed, foreign } = states
const exitedByItself: GatewayState = { name: 'stopped', why: 'exitedByItself', since: at }
const hangs: GatewayState = { ...stopping, next: 'backOff' }
const restarting: GatewayState = { ...stopping, next: 'start' }
const loop: GatewayState = {
  ...failed,
  problem: problem('GATEWAY_CRASH_LOOP', { exits: 5, seconds: 120, exit: 'exit code 1' }),
}

function desk() {
  const clock = new StillClock()
  const shown: AnyNotice[] = []
  let isOn = true
  let crashes = 0
  const notices: Notices = runNotices({ clock, isOn: () => isOn, show: (notice) => shown.push(notice) })
  return {
    clock,
    shown,
    notices,
    kinds: () => shown.map(({ kind }) => kind),
    switchOff: () => {
      isOn = false
    },
    /** `crash`: the host counts an unrequested end with this state. */
    state(state: GatewayState, crash: 'crash' | '' = '') {
      if (crash) crashes++
      notices.changed({ ...snapshotOf(state, at).gateway, crashes })
    },
  }
}

describe('notices', () => {
  let d: ReturnType<typeof desk>
  beforeEach(() => {
    d = desk()
    d.state(notStarted)
    d.state(starting)
    d.state(running)
  })

  it('says nothing of a gateway that is another’s while it runs, and once what a service has given up on', () => {
    for (const state of [adopted, service, { ...service, phase: 'starting' as const }, service]) {
      d.state(state)
      d.clock.pass(60_000)
    }
    expect(d.shown).toEqual([])
    d.state(serviceFailed)
    d.state({ ...serviceFailed, pid: null })
    d.clock.pass(60_000)
    expect(d.shown).toMatchObject([{ kind: 'failed', problem: { code: 'GATEWAY_SERVICE_FAILED' } }])
    d.state(service)
    expect(d.kinds()).toEqual(['failed', 'back'])
    d.state({ ...service, phase: 'stopped', pid: null })
    d.clock.pass(60_000)
    d.state(foreign)
    d.state(foreign)
    expect(d.kinds()).toEqual(['failed', 'back', 'failed'])
  })

  it('says nothing of a start, a restart or a stop that was asked for', () => {
    for (const state of [restarting, starting, running, stopping, stopped, starting, running]) {
      d.state(state)
      d.clock.pass(60_000)
    }
    expect(d.shown).toEqual([])
  })

  it('says in one quiet notice that it crashed, where it is back within 2 s', () => {
    d.state(starting, 'crash')
    d.clock.pass(1_900)
    expect(d.shown).toEqual([])
    d.state(running)
    expect(d.shown).toEqual([{ kind: 'healed', crashes: 1 }])
    d.clock.pass(60_000)
    expect(d.shown).toHaveLength(1)
  })

  it('counts further ones for ten minutes', () => {
    for (let n = 0; n < 4; n++) {
      d.state(starting, 'crash')
      d.clock.pass(500)
      d.state(running)
      d.clock.pass(60_000)
    }
    expect(d.shown).toEqual([{ kind: 'healed', crashes: 1 }])
    d.clock.pass(calmMs)
    d.state(starting, 'crash')
    d.state(running)
    expect(d.shown.at(-1)).toEqual({ kind: 'healed', crashes: 4 })
  })

  it('says that it is down after 2 s, with the cause, and when it is back', () => {
    d.state(backingOff, 'crash')
    d.clock.pass(2_000)
    expect(d.shown).toEqual([{ kind: 'down', cause: backingOff.cause, endedByItself: false }])
    d.clock.pass(23_000)
    d.state(starting)
    d.clock.pass(1_000)
    d.state(running)
    expect(d.shown.at(-1)).toEqual({ kind: 'back', downMs: 26_000 })
    expect(d.shown).toHaveLength(2)
  })

  it('counts one that hangs as down once it has been ended', () => {
    d.state(degraded)
    d.clock.pass(14_000)
    d.state(hangs)
    d.clock.pass(5_000)
    expect(d.shown).toEqual([])
    d.state(starting, 'crash')
    d.clock.pass(2_000)
    expect(d.kinds()).toEqual(['down'])
  })

  it('says that it ended by itself', () => {
    d.state(exitedByItself)
    d.clock.pass(2_000)
    expect(d.shown).toEqual([{ kind: 'down', cause: null, endedByItself: true }])
  })

  it('forgets a crash where the owner stops it', () => {
    d.state(backingOff, 'crash')
    d.clock.pass(1_000)
    d.state(stopped)
    d.clock.pass(60_000)
    d.state(starting)
    d.state(running)
    expect(d.shown).toEqual([])
  })

  it('says at once what the host has given up on, and when that is over', () => {
    d.state(loop, 'crash')
    expect(d.shown).toEqual([{ kind: 'failed', problem: loop.problem }])
    d.clock.pass(60_000)
    d.state(starting)
    d.state(running)
    expect(d.kinds()).toEqual(['failed', 'back'])
  })

  it('does not repeat what the owner has just tried again', () => {
    d.state(failed)
    d.clock.pass(5_000)
    d.state(starting)
    d.state(failed)
    expect(d.kinds()).toEqual(['failed'])
    d.clock.pass(60_000)
    d.state(starting)
    d.state(failed)
    expect(d.kinds()).toEqual(['failed', 'failed'])
  })

  it('speaks ever more rarely of one that keeps coming and going', () => {
    for (let n = 0; n < 20; n++) {
      d.state(backingOff, 'crash')
      d.clock.pass(20_000)
      d.state(starting)
      d.state(running)
      d.clock.pass(5_000)
    }
    expect(d.kinds().filter((kind) => kind === 'down')).toHaveLength(1)
    d.clock.pass(calmMs)
    d.state(backingOff, 'crash')
    d.clock.pass(2_000)
    expect(d.kinds().at(-1)).toBe('down')
  })

  it('says nothing where notices are switched off, nor after it was stopped', () => {
    d.switchOff()
    d.state(loop, 'crash')
    expect(d.shown).toEqual([])
    const other = desk()
    other.state(running)
    other.state(backingOff, 'crash')
    other.notices.stop()
    other.clock.pass(60_000)
    expect(other.shown).toEqual([])
  })

  it('says nothing when the application starts, unless the gateway has failed', () => {
    for (const state of [running, starting, stopped, exitedByItself, degraded]) {
      const other = desk()
      other.state(state)
      other.clock.pass(60_000)
      expect(other.shown).toEqual([])
    }
    const other = desk()
    other.state(failed)
    expect(other.kinds()).toEqual(['failed'])
  })
})

describe('notices on any walk', () => {
  const asked = fc.constantFrom<GatewayState>(running, starting, restarting, stopping, stopped, notStarted)
  const pause = fc.integer({ min: 0, max: 120_000 })

  it('says nothing of what was asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(asked, pause), { maxLength: 60 }), (walk) => {
        const d = desk()
        for (const [state, ms] of walk) {
          d.state(state)
          d.clock.pass(ms)
        }
        expect(d.shown).toEqual([])
      }),
    )
  })

  it('tells no stop on request as an outage, and never speaks without end', () => {
    const step = fc.record({
      state: fc.constantFrom(
        running,
        starting,
        degraded,
        backingOff,
        hangs,
        stopping,
        stopped,
        exitedByItself,
        loop,
      ),
      crash: fc.constantFrom<'crash' | ''>('crash', ''),
      ms: pause,
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (walk) => {
        const d = desk()
        for (const { state, crash, ms } of walk) {
          const before = d.shown.length
          const isRequested = state === stopping || state === stopped
          d.state(state, isRequested ? '' : crash)
          d.clock.pass(ms)
          if (isRequested) expect(d.shown.length).toBe(before)
        }
        const minutes = d.clock.mono / 60_000
        const count = (kind: Notice['kind']) => d.kinds().filter((it) => it === kind).length
        expect(count('healed')).toBeLessThanOrEqual(minutes / 10 + 1)
        expect(count('failed')).toBeLessThanOrEqual(minutes + 1)
        expect(count('back')).toBeLessThanOrEqual(
          count('down') + walk.filter((it) => it.state === loop).length,
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('the words of a notice', () => {
  it.each([
    [
      { kind: 'down', cause: backingOff.cause, endedByItself: false },
      'The gateway is down',
      /^It ended with signal SIGKILL\./,
    ],
    [{ kind: 'down', cause: null, endedByItself: false }, 'The gateway is down', /being started again/],
    [{ kind: 'back', downMs: 65_000 }, 'The gateway is running again', /^It was down for 1 min 5 s\.$/],
    [{ kind: 'healed', crashes: 3 }, 'The gateway crashed and is running again', /3 times/],
    [
      { kind: 'failed', problem: failed.problem },
      'The gateway cannot start.',
      /18789 is in use by node .* Stop that program/,
    ],
  ] as const)('%o', (notice, title, body) => {
    const text = noticeText('en', notice)
    expect(text.title).toBe(title)
    expect(text.body).toMatch(body)
    expect(text.body).not.toContain('`')
    expect(noticeText('zh-CN', notice).body).toMatch(/[。；]/)
  })

  it('keeps what a foreign process says in one short line', () => {
    const cause = problem('GATEWAY_UNWELL', { reason: `\u202e<b>\n${'y'.repeat(2_000)}` })
    const { body } = noticeText('en', { kind: 'down', cause, endedByItself: false })
    expect(body.length).toBeLessThanOrEqual(240)
    expect(body).not.toMatch(/[\n\u202e]/)
  })
})
