import { describe, expect, it } from 'vitest'
import { figures } from '../../../../host/supervisor/figures.ts'
import { problem } from '../../../../shared/problem.ts'
import { Drive } from './drive.ts'

describe('starting', () => {
  it('goes through its stages in order and ends running', () => {
    const drive = new Drive().send({ type: 'startRequested' })
    expect(drive.state.gateway).toMatchObject({ name: 'starting', stage: 'checkingConfig', pid: null })
    expect(drive.did('checkConfig')).toHaveLength(1)
    drive.send({ type: 'configAccepted' })
    expect(drive.state.gateway).toMatchObject({ stage: 'checkingPort' })
    drive.send({ type: 'portFree' })
    expect(drive.did('spawn')).toHaveLength(1)
    drive.send({ type: 'spawned', pid: 7 })
    expect(drive.state.gateway).toMatchObject({ stage: 'waitingForHealth', pid: 7 })
    expect(drive.did('probe')).toEqual([{ do: 'probe', runId: 'run-1', until: 'ready' }])
    drive.wait(120).send({ type: 'replied', unwell: null })
    expect(drive.state.gateway).toEqual({ name: 'running', runId: 'run-1', pid: 7, since: drive.wall })
    expect(drive.did('probe')).toEqual([{ do: 'probe', runId: 'run-1', until: 'ended' }])
    expect(drive.effects).toContainEqual(
      expect.objectContaining({ kind: 'gatewayReady', evidence: { pid: 7, startMs: 120 } }),
    )
  })

  it('is not ready while the gateway says that it is unwell', () => {
    expect(new Drive().launch().send({ type: 'replied', unwell: 'loading' }).name).toBe('starting')
  })

  it('says slow after 30 s and offers an action after 90 s, but never gives up', () => {
    const drive = new Drive().launch()
    drive.send({ type: 'timerFired', timer: 'slowStart' })
    expect(drive.state.gateway).toMatchObject({ pace: 'slow' })
    drive.send({ type: 'timerFired', timer: 'stuckStart' })
    expect(drive.state.gateway).toMatchObject({ name: 'starting', pace: 'stuck' })
    drive.wait(600_000).send({ type: 'missed' })
    expect(drive.name).toBe('starting')
    const timers = new Drive().send({ type: 'startRequested' }).did('setTimer')
    expect(timers).toEqual([
      { do: 'setTimer', timer: 'slowStart', runId: 'run-1', afterMs: 30_000 },
      { do: 'setTimer', timer: 'stuckStart', runId: 'run-1', afterMs: 90_000 },
    ])
  })

  it('stops at what is in the way, watches it, and goes on when it is gone', () => {
    const taken = problem('PORT_IN_USE', { port: 1, pid: 2, program: 'x', user: 'y', startedAt: 3 })
    const drive = new Drive().send({ type: 'startRequested' }).send({ type: 'configAccepted' })
    drive.send({ type: 'blocked', problem: taken })
    expect(drive.state.gateway).toMatchObject({ name: 'failed', problem: taken })
    expect(drive.did('watchObstacle')).toHaveLength(1)
    expect(drive.did('setTimer')).toHaveLength(0)
    drive.send({ type: 'obstacleGone' })
    expect(drive.name).toBe('starting')
    expect(drive.noted()).toEqual(['obstacleGone'])
  })
})

describe('stopping', () => {
  it('is polite first, kills after 5 s, and waits for the end all the same', () => {
    const drive = new Drive().ready(9).send({ type: 'stopRequested', by: 'owner' })
    expect(drive.state.gateway).toMatchObject({ name: 'stopping', next: 'stay', pid: 9 })
    expect(drive.did('terminate')).toHaveLength(1)
    expect(drive.did('storeIntent')).toEqual([{ do: 'storeIntent', intent: 'stopped' }])
    expect(drive.did('setTimer')).toEqual([{ do: 'setTimer', timer: 'kill', runId: 'run-1', afterMs: 5_000 }])
    drive.send({ type: 'timerFired', timer: 'kill' })
    expect(drive.did('kill')).toHaveLength(1)
    expect(drive.name).toBe('stopping')
    drive.exit({ code: null, signal: 'SIGKILL' })
    expect(drive.state.gateway).toMatchObject({ name: 'stopped', why: 'requested' })
  })

  it('keeps the intent when the host only quits', () => {
    const drive = new Drive().ready().send({ type: 'stopRequested', by: 'quit' })
    expect(drive.did('storeIntent')).toHaveLength(0)
    expect(drive.name).toBe('stopping')
  })

  it('before there is a process is immediate, and the start under way is forgotten', () => {
    const drive = new Drive().send({ type: 'startRequested' }).send({ type: 'stopRequested', by: 'owner' })
    expect(drive.name).toBe('stopped')
    drive.send({ type: 'configAccepted' })
    expect(drive.name).toBe('stopped')
    expect(drive.effects).toHaveLength(0)
  })

  it.each(['backingOff', 'failed'])('leaves %s for stopped', (from) => {
    const drive = new Drive().launch().exit().spawn().exit()
    for (let exits = 2; from === 'failed' && exits < 5; exits++) drive.spawnAgain().exit()
    expect(drive.name).toBe(from)
    drive.send({ type: 'stopRequested', by: 'owner' })
    expect(drive.state.gateway).toMatchObject({ name: 'stopped', why: 'requested' })
  })

  it('turns into a restart when a start is asked for meanwhile, and back', () => {
    const drive = new Drive()
      .ready()
      .send({ type: 'stopRequested', by: 'owner' })
      .send({ type: 'startRequested' })
    expect(drive.state.gateway).toMatchObject({ name: 'stopping', next: 'start' })
    drive.send({ type: 'stopRequested', by: 'owner' })
    expect(drive.state.gateway).toMatchObject({ name: 'stopping', next: 'stay' })
    drive.send({ type: 'restartRequested' }).exit({ code: 0 })
    expect(drive.name).toBe('starting')
  })
})

describe('a crash', () => {
  it('is answered at once the first time, then 1, 2, 4 … 60 s later', () => {
    const drive = new Drive().ready()
    drive.exit({ code: null, signal: 'SIGKILL' })
    expect(drive.name).toBe('starting')
    const delays: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      // Ready each time, so that this is no crash loop.
      drive.spawn().send({ type: 'replied', unwell: null }).exit()
      const { gateway } = drive.state
      if (gateway.name !== 'backingOff') throw new Error(`${gateway.name} after crash ${attempt + 2}`)
      delays.push(gateway.until - drive.wall)
      drive.wait(gateway.until - drive.wall).send({ type: 'timerFired', timer: 'backOff' })
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  it('spreads the delay by 20 % to either side', () => {
    const delay = (roll: number) => {
      const drive = new Drive().ready().exit()
      drive.spawn().send({ type: 'replied', unwell: null }).exit({}, roll)
      const { gateway } = drive.state
      return gateway.name === 'backingOff' ? gateway.until - drive.wall : null
    }
    expect(delay(0)).toBe(800)
    expect(delay(0.999999)).toBe(1_200)
  })

  it('is forgotten after ten healthy minutes', () => {
    const drive = new Drive().ready().exit().spawn().send({ type: 'replied', unwell: null })
    expect(drive.did('setTimer')).toEqual([
      { do: 'setTimer', timer: 'healthy', runId: 'run-2', afterMs: 600_000 },
    ])
    drive.send({ type: 'timerFired', timer: 'healthy' }).exit()
    expect(drive.name).toBe('starting')
  })

  it('five times unready within 120 s is a crash loop, with the last lines kept', () => {
    const drive = new Drive().launch()
    for (let exits = 1; exits < 5; exits++) {
      drive.exit({ lastLines: ['cannot find module'] })
      expect(['starting', 'backingOff']).toContain(drive.name)
      drive.spawnAgain()
    }
    drive.exit({ lastLines: ['cannot find module'] })
    expect(drive.state.gateway).toMatchObject({
      name: 'failed',
      problem: { code: 'GATEWAY_CRASH_LOOP', params: { exits: 5, seconds: 120, exit: 'exit code 1' } },
      lastLines: ['cannot find module'],
    })
    expect(drive.did('watchObstacle')).toHaveLength(0)
    drive.send({ type: 'startRequested' })
    expect(drive.name).toBe('starting')
    expect(drive.state.unreadyExits).toEqual([])
  })

  it('five times unready, but slowly, goes on', () => {
    const drive = new Drive().launch()
    for (let exits = 0; exits < 12; exits++) drive.wait(40_000).exit().spawnAgain()
    expect(drive.name).toBe('starting')
  })

  it('with a bad configuration is never tried again by itself', () => {
    const refusal = problem('CONFIG_INVALID', { path: 'p', key: 'k', line: 1, column: 2, detail: 'd' })
    const exit = { code: 78, signal: null, lastLines: ['gateway.port'] }
    const drive = new Drive().launch().send({ type: 'exited', exit, refusal, roll: 0 })
    expect(drive.state.gateway).toMatchObject({
      name: 'failed',
      problem: refusal,
      lastLines: ['gateway.port'],
    })
    expect(drive.did('setTimer')).toHaveLength(0)
    expect(drive.did('watchObstacle')).toHaveLength(1)
  })

  it('is no crash when the exit code is 0: somebody closed it in order', () => {
    const drive = new Drive().ready().exit({ code: 0 })
    expect(drive.state.gateway).toMatchObject({ name: 'stopped', why: 'exitedByItself' })
    expect(drive.did('storeIntent')).toHaveLength(0)
  })

  it('of an older run says nothing about this one', () => {
    const drive = new Drive().ready().exit().spawn(101).send({ type: 'replied', unwell: null })
    drive.send({
      type: 'exited',
      runId: 'run-1',
      exit: { code: 1, signal: null, lastLines: [] },
      refusal: null,
      roll: 0,
    })
    expect(drive.state.gateway).toMatchObject({ name: 'running', pid: 101 })
  })

  it('after requested restarts is the first one: requests never count', () => {
    const drive = new Drive().ready()
    for (let i = 0; i < 9; i++) {
      drive
        .send({ type: 'restartRequested' })
        .exit({ code: 0 })
        .spawn()
        .send({ type: 'replied', unwell: null })
    }
    expect(drive.exit().name).toBe('starting')
    expect(drive.state.crashes).toBe(1)
  })

  it('waits for no delay when the owner asks for a start', () => {
    const drive = new Drive().ready().exit().spawn().send({ type: 'replied', unwell: null }).exit()
    expect(drive.name).toBe('backingOff')
    expect(drive.send({ type: 'startRequested' }).name).toBe('starting')
  })
})

describe('silence', () => {
  const old = figures.startGraceMs + 1

  it('of three probes is a warning, and one answer ends it', () => {
    const drive = new Drive()
      .ready()
      .wait(2_000)
      .send({ type: 'missed' })
      .wait(2_000)
      .send({ type: 'missed' })
    expect(drive.name).toBe('running')
    drive.wait(2_000).send({ type: 'missed' })
    expect(drive.state.gateway).toMatchObject({ name: 'degraded', why: { code: 'GATEWAY_MISSED_PROBES' } })
    drive.send({ type: 'replied', unwell: null })
    expect(drive.name).toBe('running')
    expect(drive.noted()).toEqual(['gatewayRecovered'])
  })

  it('of 15 s means hung: it is ended and started again', () => {
    const drive = new Drive().ready().wait(old).send({ type: 'replied', unwell: null })
    drive.wait(14_999).send({ type: 'missed' })
    expect(drive.name).not.toBe('stopping')
    drive.wait(1).send({ type: 'missed' })
    expect(drive.state.gateway).toMatchObject({ name: 'stopping', next: 'backOff' })
    expect(drive.did('terminate')).toHaveLength(1)
    drive.exit({ code: 0 })
    expect(drive.name).toBe('starting')
    expect(drive.effects).toContainEqual(
      expect.objectContaining({
        kind: 'gatewayExited',
        problem: expect.objectContaining({ code: 'GATEWAY_HUNG' }),
      }),
    )
  })

  it('is forgiven for 60 s after a start', () => {
    const drive = new Drive().ready().wait(59_000).send({ type: 'missed' })
    expect(drive.name).not.toBe('stopping')
  })

  it('is forgiven for 20 s after waking', () => {
    const drive = new Drive().ready().wait(old).send({ type: 'replied', unwell: null })
    drive.wait(3_600_000).send({ type: 'wokeUp', sleptMs: 3_600_000 }).send({ type: 'missed' })
    expect(drive.name).toBe('running')
    drive.wait(19_999).send({ type: 'missed' })
    expect(drive.name).not.toBe('stopping')
    drive.wait(1).send({ type: 'missed' })
    expect(drive.name).toBe('stopping')
  })

  it('is not judged by the wall clock', () => {
    const drive = new Drive().ready().wait(old).send({ type: 'replied', unwell: null })
    drive.wall += 365 * 86_400_000
    drive.send({ type: 'missed' })
    expect(drive.name).toBe('running')
  })

  it('is not what a gateway that says it is unwell shows', () => {
    const drive = new Drive().ready().wait(old)
    for (let i = 0; i < 20; i++) drive.wait(2_000).send({ type: 'replied', unwell: 'disk full' })
    expect(drive.state.gateway).toMatchObject({
      name: 'degraded',
      why: { code: 'GATEWAY_UNWELL', params: { reason: 'disk full' } },
    })
  })
})

describe('holding', () => {
  it('ends the child without changing what the owner wants, and starts it again when released', () => {
    const drive = new Drive().ready(9).send({ type: 'held' })
    expect(drive.name).toBe('stopping')
    expect(drive.did('terminate')).toHaveLength(1)
    expect(drive.did('storeIntent')).toHaveLength(0)
    drive.exit({ code: 0 })
    expect(drive.state.gateway).toMatchObject({ name: 'stopped', why: 'held' })
    drive.send({ type: 'released', start: true })
    expect(drive.name).toBe('starting')
  })

  it('starts nothing meanwhile, whoever asks, but remembers what the owner wants', () => {
    const drive = new Drive().ready(9).send({ type: 'held' }).exit({ code: 0 })
    for (const type of ['startRequested', 'restartRequested'] as const) {
      drive.send({ type })
      expect(drive.name).toBe('stopped')
      expect(drive.did('storeIntent')).toEqual([{ do: 'storeIntent', intent: 'running' }])
    }
    drive.send({ type: 'stopRequested', by: 'owner' })
    expect(drive.did('storeIntent')).toEqual([{ do: 'storeIntent', intent: 'stopped' }])
    drive.send({ type: 'released', start: false })
    expect(drive.state.gateway).toMatchObject({ name: 'stopped', why: 'requested' })
  })

  it('keeps a gateway that waits for its next start, or for an obstacle, from starting by itself', () => {
    const waiting = new Drive().ready(9).exit({ code: 1 }).spawnAgain().exit({ code: 1 })
    expect(waiting.name).toBe('backingOff')
    waiting.send({ type: 'held' })
    expect(waiting.did('clearTimers')).toHaveLength(1)
    expect(waiting.send({ type: 'timerFired', timer: 'backOff' }).name).toBe('stopped')
    expect(waiting.send({ type: 'released', start: true }).name).toBe('starting')
  })

  it('released while the child still ends, starts it as soon as it has', () => {
    const drive = new Drive().ready(9).send({ type: 'held' }).send({ type: 'released', start: true })
    expect(drive.state.gateway).toMatchObject({ name: 'stopping', next: 'start' })
    expect(drive.exit({ code: 0 }).name).toBe('starting')
  })
})
