import { describe, expect, it } from 'vitest'
import type { OtherGateway, ServiceSighting } from '../../../../host/supervisor/state.ts'
import { problem } from '../../../../shared/problem.ts'
import { Drive } from './drive.ts'

const theirs: OtherGateway = {
  kind: 'adopted',
  identity: { pid: 900, startTime: '77' },
  program: 'node',
  unwell: null,
}
const foreign: OtherGateway = {
  kind: 'foreign',
  identity: { pid: 901, startTime: '78' },
  program: 'node',
  user: 'eve',
  problem: problem('GATEWAY_FOREIGN', { port: 18789, pid: 901, program: 'node', user: 'eve' }),
}
const service: ServiceSighting = {
  manager: 'systemd',
  unit: 'moltbot-gateway.service',
  phase: 'running',
  pid: 700,
  unwell: null,
}
const harmful = ['spawn', 'terminate', 'kill', 'changeService', 'checkConfig'] as const

function adopted(): Drive {
  return new Drive().send({ type: 'startRequested' }).send({ type: 'configAccepted' }).send({
    type: 'foundOther',
    other: theirs,
  })
}

function managed(now: Partial<ServiceSighting> = {}): Drive {
  return new Drive()
    .send({ type: 'opened', start: true })
    .send({ type: 'serviceSeen', service: { ...service, ...now } })
}

describe('a gateway that was started elsewhere', () => {
  it('is watched, and nothing is started beside it', () => {
    const drive = adopted()
    expect(drive.state.gateway).toMatchObject({ name: 'adopted', pid: 900, program: 'node', unwell: null })
    expect(drive.noted()).toEqual(['gatewayAdopted'])
    expect(drive.did('watchOther')).toEqual([{ do: 'watchOther', runId: 'run-1', other: theirs }])
    expect(drive.did('spawn')).toEqual([])
  })

  it.each([
    { type: 'stopRequested', by: 'owner' },
    { type: 'stopRequested', by: 'quit' },
    { type: 'restartRequested' },
    { type: 'startRequested' },
    { type: 'held' },
    { type: 'released', start: true },
    { type: 'missed' },
    { type: 'timerFired', timer: 'kill' },
    { type: 'wokeUp', sleptMs: 60_000 },
  ] as const)('stays as it is whatever is asked: $type', (event) => {
    for (const other of [theirs, foreign]) {
      const drive = adopted().send({ type: 'foundOther', other })
      const before = drive.state.gateway
      drive.send(event)
      expect(drive.state.gateway).toEqual(before)
      for (const effect of harmful) expect(drive.did(effect)).toEqual([])
    }
  })

  it('keeps what the owner wants, except that a start is wanted', () => {
    expect(adopted().send({ type: 'stopRequested', by: 'owner' }).did('storeIntent')).toEqual([])
    expect(adopted().send({ type: 'startRequested' }).did('storeIntent')).toHaveLength(1)
  })

  it('is no longer looked at once the host leaves', () => {
    expect(adopted().send({ type: 'stopRequested', by: 'quit' }).did('clearTimers')).toHaveLength(1)
  })

  it('says once that it is unwell, and once that it is well again', () => {
    const unwell = problem('GATEWAY_MISSED_PROBES', { misses: 3 })
    const drive = adopted().send({ type: 'otherSeen', unwell })
    expect(drive.state.gateway).toMatchObject({ unwell })
    expect(drive.noted()).toEqual(['gatewayDegraded'])
    expect(drive.send({ type: 'otherSeen', unwell }).noted()).toEqual([])
    expect(drive.send({ type: 'otherSeen', unwell: null }).noted()).toEqual(['gatewayRecovered'])
  })

  it('gone, is followed by ours where one is wanted, once the port has stayed free', () => {
    const drive = adopted().send({ type: 'otherEnded', start: true })
    expect(drive.noted()).toEqual(['gatewayReleased'])
    expect(drive.state.gateway).toMatchObject({ name: 'starting', pid: null })
    drive.send({ type: 'configAccepted' })
    expect(drive.did('checkPort')).toEqual([{ do: 'checkPort', runId: 'run-2', afterOther: true }])
    expect(drive.send({ type: 'portFree' }).did('spawn')).toHaveLength(1)
    // The start after that is an ordinary one.
    drive.send({ type: 'spawned', pid: 5 }).exit().send({ type: 'configAccepted' })
    expect(drive.did('checkPort')).toMatchObject([{ afterOther: false }])
  })

  it('gone, is followed by nothing where none is wanted', () => {
    const drive = adopted().send({ type: 'otherEnded', start: false })
    expect(drive.state.gateway).toMatchObject({ name: 'stopped', why: 'exitedByItself' })
    expect(drive.did('lookAround')).toHaveLength(1)
  })

  it('started again while ours waits for the port is adopted again', () => {
    const drive = adopted()
      .send({ type: 'otherEnded', start: true })
      .send({ type: 'configAccepted' })
      .send({ type: 'foundOther', other: { ...theirs, identity: { pid: 950, startTime: '80' } } })
    expect(drive.state.gateway).toMatchObject({ name: 'adopted', pid: 950 })
  })

  it('gone while files are swapped, is followed only after that', () => {
    const drive = adopted().send({ type: 'held' }).send({ type: 'otherEnded', start: true })
    expect(drive.state.gateway).toMatchObject({ name: 'stopped', why: 'held' })
    expect(drive.did('checkConfig')).toEqual([])
    expect(drive.send({ type: 'released', start: true }).did('checkConfig')).toHaveLength(1)
  })

  it('is not believed in while a child of ours lives', () => {
    const drive = new Drive().ready(7).send({ type: 'foundOther', other: theirs })
    expect(drive.state.gateway).toMatchObject({ name: 'running', pid: 7 })
    drive.send({ type: 'serviceSeen', service })
    expect(drive.state.gateway).toMatchObject({ name: 'running', pid: 7 })
  })

  it('is found while ours rests, and leaves the stored wish alone', () => {
    const drive = new Drive().send({ type: 'opened', start: false })
    expect(drive.did('lookAround')).toHaveLength(1)
    drive.send({ type: 'foundOther', other: theirs })
    expect(drive.name).toBe('adopted')
    expect(drive.did('storeIntent')).toEqual([])
  })

  it('of another user is said with the reason', () => {
    const drive = adopted().send({ type: 'foundOther', other: foreign })
    expect(drive.state.gateway).toMatchObject({ name: 'foreign', pid: 901, user: 'eve' })
    expect(drive.noted()).toEqual(['gatewayFailed'])
  })
})

describe('a gateway that a service runs', () => {
  it('is asked for at the same time as the configuration, and not on the way back from a crash', () => {
    const drive = new Drive().send({ type: 'startRequested' })
    expect(drive.did('checkConfig')).toMatchObject([{ asksService: true }])
    drive.spawn().send({ type: 'replied', unwell: null }).exit()
    expect(drive.did('checkConfig')).toMatchObject([{ asksService: false }])
  })

  it('is shown, and nothing is started beside it', () => {
    const drive = managed()
    expect(drive.state.gateway).toMatchObject({ name: 'serviceManaged', phase: 'running', pid: 700 })
    expect(drive.did('watchService')).toHaveLength(1)
    for (const effect of harmful) expect(drive.did(effect)).toEqual([])
  })

  it('that rests is started where somebody asked, and only shown where the host has just opened', () => {
    expect(managed({ phase: 'stopped', pid: null }).did('changeService')).toEqual([])
    const asked = new Drive()
      .send({ type: 'startRequested' })
      .send({ type: 'serviceSeen', service: { ...service, phase: 'failed', pid: null } })
    expect(asked.did('changeService')).toMatchObject([{ act: 'start' }])
    expect(asked.state.gateway).toMatchObject({ phase: 'starting' })
  })

  it('is stopped, started and restarted by its manager alone, and the wish is stored', () => {
    const drive = managed().send({ type: 'stopRequested', by: 'owner' })
    expect(drive.did('changeService')).toMatchObject([{ act: 'stop' }])
    expect(drive.did('storeIntent')).toMatchObject([{ intent: 'stopped' }])
    expect(drive.did('terminate')).toEqual([])
    drive.send({ type: 'serviceSeen', service: { ...service, phase: 'stopped', pid: null } })
    expect(drive.send({ type: 'startRequested' }).did('changeService')).toMatchObject([{ act: 'start' }])
    drive.send({ type: 'serviceSeen', service: { ...service, pid: 701 } })
    expect(drive.noted()).toEqual(['gatewayReady'])
    expect(drive.send({ type: 'restartRequested' }).did('changeService')).toMatchObject([{ act: 'restart' }])
  })

  it('goes on when the host leaves', () => {
    const drive = managed().send({ type: 'stopRequested', by: 'quit' })
    expect(drive.state.gateway).toMatchObject({ phase: 'running' })
    for (const effect of harmful) expect(drive.did(effect)).toEqual([])
  })

  it('whose manager refuses says so', () => {
    const refusal = problem('SERVICE_MANAGER_FAILED', { manager: 'systemd', command: 'c', detail: 'd' })
    const drive = managed().send({ type: 'stopRequested', by: 'owner' })
    drive.send({ type: 'serviceRefused', problem: refusal })
    expect(drive.state.gateway).toMatchObject({ phase: 'running', unwell: refusal })
    // Still so at the next look, and no longer once another process runs.
    drive.send({ type: 'serviceSeen', service })
    expect(drive.state.gateway).toMatchObject({ phase: 'running', unwell: refusal })
    drive.send({ type: 'serviceSeen', service: { ...service, pid: 702 } })
    expect(drive.state.gateway).toMatchObject({ phase: 'running', unwell: null })
  })

  it('is held and released through its manager', () => {
    const drive = managed().send({ type: 'held' })
    expect(drive.did('changeService')).toMatchObject([{ act: 'stop' }])
    drive.send({ type: 'serviceSeen', service: { ...service, phase: 'stopped', pid: null } })
    drive.send({ type: 'released', start: true })
    // Asked anew: it may have been removed meanwhile.
    expect(drive.did('checkConfig')).toMatchObject([{ asksService: true }])
    drive.send({ type: 'serviceSeen', service: { ...service, phase: 'stopped', pid: null } })
    expect(drive.did('changeService')).toMatchObject([{ act: 'start' }])
  })

  it('removed, is followed by ours where one is wanted', () => {
    const drive = managed().send({ type: 'serviceGone', start: true })
    expect(drive.noted()).toEqual(['gatewayReleased'])
    expect(drive.name).toBe('starting')
    expect(managed().send({ type: 'serviceGone', start: false }).name).toBe('stopped')
  })
})
