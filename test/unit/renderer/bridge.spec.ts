import { beforeEach, describe, expect, it } from 'vitest'
import { bridge } from '../../../renderer/bridge.ts'
import { useBackups } from '../../../renderer/features/backups/backups-store.ts'
import { useJobs } from '../../../renderer/features/jobs/jobs-store.ts'
import { useMetrics } from '../../../renderer/features/metrics/metrics-store.ts'
import { useGateway } from '../../../renderer/features/overview/gateway-store.ts'
import { useSecrets } from '../../../renderer/features/secrets/secrets-store.ts'
import { useSession } from '../../../renderer/features/session/session-store.ts'
import { useSettings } from '../../../renderer/features/settings/settings-store.ts'
import { useTimeline } from '../../../renderer/features/timeline/timeline-store.ts'
import type { Connection, HostLink } from '../../../renderer/transport/connection.ts'
import type { HostCall } from '../../../shared/host-api.ts'
import { problem } from '../../../shared/problem.ts'
import { aJob } from '../../fixtures/scripted-jobs.ts'
import { manyEntries, scriptedStates, snapshotOf } from '../../fixtures/scripted-states.ts'

const now = 1_800_000_000_000
const states = scriptedStates(now)

/** A link whose answers the spec gives by hand. */
function scriptedLink() {
  const listeners = new Map<string, (payload: never) => void>()
  const asked: { call: HostCall; args: unknown[]; answer: (outcome: unknown) => Promise<void> }[] = []
  let connection: (connection: Connection) => void = () => {}
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve))
  const link: HostLink = {
    client: {
      call: (call, ...args) =>
        new Promise((resolve) =>
          asked.push({
            call,
            args,
            answer: (outcome) => {
              resolve(outcome as never) // the spec knows the call
              return settled()
            },
          }),
        ),
      on: (event, listener) => {
        listeners.set(event, listener)
        return () => void listeners.delete(event)
      },
    },
    onConnection: (listener) => {
      connection = listener
    },
    open: () => {},
    retryNow: () => {},
  }
  const last = () => {
    const call = asked.at(-1)
    if (!call) throw new Error('nothing was asked')
    return call
  }
  return {
    commands: bridge(link),
    become: (to: Connection) => connection(to),
    emit: (event: string, payload: unknown) => listeners.get(event)?.(payload as never),
    asked,
    last,
  }
}

describe('bridge', () => {
  beforeEach(() => {
    useGateway.setState(useGateway.getInitialState())
    useMetrics.setState(useMetrics.getInitialState())
    useTimeline.setState(useTimeline.getInitialState())
    useSession.setState(useSession.getInitialState())
    useSettings.setState(useSettings.getInitialState())
    useSecrets.setState(useSecrets.getInitialState())
    useBackups.setState(useBackups.getInitialState())
    useJobs.setState(useJobs.getInitialState())
  })

  it('shows nothing as current before the snapshot is in', async () => {
    const { become, last } = scriptedLink()
    become({ name: 'connected' })
    expect(useSession.getState().connection.name).toBe('connecting')
    await last().answer({ ok: true, value: snapshotOf(states.running, now) })
    expect(useSession.getState().connection.name).toBe('connected')
    expect(useGateway.getState().view?.state.name).toBe('running')
    expect(useMetrics.getState().samples).toHaveLength(720)
    expect(useTimeline.getState().entries).toHaveLength(10)
  })

  it('holds events until the snapshot, then takes the newer ones only', async () => {
    const { become, last, emit } = scriptedLink()
    const snapshot = snapshotOf(states.running, now)
    become({ name: 'connected' })
    emit('gateway.changed', { ...snapshot.gateway, revision: 6, port: 6 })
    emit('gateway.changed', { ...snapshot.gateway, revision: 8, port: 8 })
    expect(useGateway.getState().view).toBeNull()
    await last().answer({ ok: true, value: snapshot })
    expect(useGateway.getState().view?.port).toBe(8)
    emit('gateway.changed', { ...snapshot.gateway, revision: 8, port: 9 })
    expect(useGateway.getState().view?.port).toBe(8)
  })

  it('takes settings from the snapshot, then from newer events', async () => {
    const { become, last, emit } = scriptedLink()
    const snapshot = snapshotOf(states.running, now)
    const dark = { ...snapshot.settings, settings: { ...snapshot.settings.settings, theme: 'dark' } }
    become({ name: 'connected' })
    emit('settings.changed', { ...dark, revision: 1 })
    await last().answer({ ok: true, value: snapshot })
    expect(useSettings.getState().view).toEqual(snapshot.settings)
    emit('settings.changed', { ...dark, revision: 2 })
    expect(useSettings.getState().view?.settings.theme).toBe('dark')
  })

  it('takes secrets, backups and jobs from the snapshot, then from newer events', async () => {
    const { become, last, emit } = scriptedLink()
    const snapshot = snapshotOf(states.running, now)
    const { secrets, backups, jobs } = snapshot
    become({ name: 'connected' })
    // Of another run of the host, perhaps: held, and older than the snapshot.
    emit('secrets.changed', { ...secrets, revision: 0, restartNeeded: true })
    emit('jobs.changed', { ...jobs, revision: 2, jobs: [aJob()] })
    await last().answer({ ok: true, value: snapshot })
    expect(useSecrets.getState().view).toEqual(secrets)
    expect(useBackups.getState().view).toEqual(backups)
    expect(useJobs.getState().view?.jobs).toHaveLength(1)
    emit('secrets.changed', { ...secrets, revision: 2, restartNeeded: true })
    emit('backups.changed', { ...backups, revision: 2, files: [] })
    emit('jobs.changed', { ...jobs, revision: 1, jobs: [] })
    expect(useSecrets.getState().view?.restartNeeded).toBe(true)
    expect(useBackups.getState().view?.files).toEqual([])
    expect(useJobs.getState().view?.jobs).toHaveLength(1)
  })

  it('begins revisions anew with each snapshot', async () => {
    const { become, last, emit } = scriptedLink()
    const first = snapshotOf(states.running, now)
    become({ name: 'connected' })
    await last().answer({ ok: true, value: { ...first, gateway: { ...first.gateway, revision: 900 } } })
    become({ name: 'lost', since: now })
    become({ name: 'connected' })
    const second = { ...first.gateway, revision: 2, state: states.stopped }
    await last().answer({
      ok: true,
      value: { ...first, host: { ...first.host, hostRun: 'b' }, gateway: second },
    })
    expect(useGateway.getState().view?.state.name).toBe('stopped')
    emit('gateway.changed', { ...second, revision: 3, port: 3 })
    expect(useGateway.getState().view?.port).toBe(3)
  })

  it('ignores the snapshot of a connection that was lost meanwhile', async () => {
    const { become, asked, last } = scriptedLink()
    become({ name: 'connected' })
    become({ name: 'lost', since: now })
    become({ name: 'connected' })
    await asked[0]?.answer({ ok: true, value: snapshotOf(states.failed, now) })
    expect(useGateway.getState().view).toBeNull()
    await last().answer({ ok: true, value: snapshotOf(states.running, now) })
    expect(useGateway.getState().view?.state.name).toBe('running')
  })

  it('keeps earlier pages of the same host that join the new snapshot', async () => {
    const { become, last, commands } = scriptedLink()
    const all = manyEntries(300, now)
    become({ name: 'connected' })
    await last().answer({
      ok: true,
      value: snapshotOf(states.running, now, { timeline: all.slice(100, 200) }),
    })
    const earlier = commands.showEarlier()
    expect(last().args).toEqual([{ before: 101, limit: 200 }])
    await last().answer({ ok: true, value: { entries: all.slice(200), more: false } })
    await earlier
    expect(useTimeline.getState()).toMatchObject({ more: false, loading: false })
    become({ name: 'lost', since: now })
    become({ name: 'connected' })
    await last().answer({
      ok: true,
      value: snapshotOf(states.running, now, { timeline: all.slice(50, 150) }),
    })
    expect(useTimeline.getState().entries.map(({ seq }) => seq)).toEqual(all.slice(50).map(({ seq }) => seq))
    become({ name: 'connected' })
    await last().answer({ ok: true, value: snapshotOf(states.running, now, { timeline: all.slice(0, 60) }) })
    expect(useTimeline.getState().entries).toHaveLength(300)
  })

  it('leaves no hole between what it has and a snapshot far ahead', async () => {
    const { become, last } = scriptedLink()
    const all = manyEntries(300, now)
    become({ name: 'connected' })
    await last().answer({ ok: true, value: snapshotOf(states.running, now, { timeline: all.slice(250) }) })
    become({ name: 'connected' })
    await last().answer({ ok: true, value: snapshotOf(states.running, now, { timeline: all.slice(0, 100) }) })
    expect(useTimeline.getState().entries).toHaveLength(100)
    expect(useTimeline.getState().more).toBe(true)
  })

  it('asks once while a request is under way, and keeps the reason of a refusal', async () => {
    const { become, last, commands, asked } = scriptedLink()
    become({ name: 'connected' })
    await last().answer({ ok: true, value: snapshotOf(states.stopped, now) })
    const first = commands.gateway('start')
    await commands.gateway('start')
    expect(asked.filter(({ call }) => call === 'gateway.start')).toHaveLength(1)
    expect(useGateway.getState()).toMatchObject({ acting: 'start', view: { state: { name: 'stopped' } } })
    await last().answer({ ok: false, ...problem('INTERNAL', { detail: 'x' }) })
    await first
    expect(useGateway.getState()).toMatchObject({ acting: null, refusal: { code: 'INTERNAL' } })
  })
})
