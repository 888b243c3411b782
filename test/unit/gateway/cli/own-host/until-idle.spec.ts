import { describe, expect, it } from 'vitest'
import { untilIdle } from '../../../../../gateway/cli/own-host/until-idle.ts'
import { systemClock } from '../../../../../host/clock.ts'
import { JobBoard, type JobEnd } from '../../../../../host/jobs/job-board.ts'
import type { HostClient } from '../../../../../shared/host-client.ts'
import type { JobsView } from '../../../../../shared/jobs.ts'

/** A host whose board has one job that ends when told. */
function busyHost() {
  const listeners = new Set<(view: JobsView) => void>()
  const board = new JobBoard(systemClock, (view) => {
    for (const listener of listeners) listener(view)
  })
  let end = () => {}
  board.start({
    kind: 'backup.verify',
    scheduled: false,
    work: () =>
      new Promise<JobEnd>((resolve) => {
        end = () => resolve({ ok: false, code: 'JOB_CANCELLED', params: {} })
      }),
  })
  const host = {
    call: async () => ({ ok: true, value: { jobs: board.view } }),
    on(_: string, listener: (view: JobsView) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as HostClient
  return { host, end: () => end(), listeners }
}

describe('a command that is done, on whose host another one has begun a job', () => {
  it('awaits its end', async () => {
    const { host, end, listeners } = busyHost()
    const idle = untilIdle(host, new AbortController().signal)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await Promise.race([idle, 'busy'])).toBe('busy')
    end()
    await idle
    expect(listeners.size).toBe(0)
  })

  it('awaits it no longer once it is asked to end itself', async () => {
    const { host, listeners } = busyHost()
    const request = new AbortController()
    const idle = untilIdle(host, request.signal)
    await new Promise((resolve) => setTimeout(resolve, 20))
    request.abort()
    await idle
    expect(listeners.size).toBe(0)
  })
})
