import { describe, expect, it } from 'vitest'
import { type ServiceAction, waitForState } from '../../../../gateway/cli/wait-for-state.ts'
import type { GatewayState } from '../../../../shared/gateway-state.ts'
import type { CallArgs, EventPayload, GatewayView, HostCall, HostEvent } from '../../../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../../../shared/host-client.ts'

const running = (runId: string): GatewayState => ({ name: 'running', runId, pid: 7, since: 0 })
const starting: GatewayState = {
  name: 'starting',
  runId: 'two',
  stage: 'launching',
  pace: 'normal',
  pid: 8,
  since: 0,
}
const stopped: GatewayState = { name: 'stopped', why: 'requested', since: 0 }
const failed: GatewayState = {
  name: 'failed',
  problem: { code: 'GATEWAY_EXITED', params: { exit: '1' } },
  since: 0,
  lastLines: [],
}

/** Answers a request at once and then tells of `later`, as the real host does. */
function hostWith(before: GatewayState, answer: GatewayState, later: readonly GatewayState[]) {
  let revision = 1
  const view = (state: GatewayState): GatewayView => ({
    revision: revision++,
    state,
    port: 1,
    intent: 'running',
    version: null,
    crashes: 0,
  })
  const listeners = new Set<(payload: GatewayView) => void>()
  let leave = () => {}
  const client: HostClient = {
    async call<C extends HostCall>(call: C, ..._args: CallArgs<C>): Promise<CallOutcome<C>> {
      const value = call === 'host.snapshot' ? { gateway: view(before) } : view(answer)
      if (call !== 'host.snapshot') {
        setTimeout(() => {
          for (const state of later) for (const listener of listeners) listener(view(state))
        }, 5)
      }
      return { ok: true, value } as CallOutcome<C> // only the parts that the subject reads
    },
    on<E extends HostEvent>(_event: E, listener: (payload: EventPayload<E>) => void) {
      const heard = listener as (payload: GatewayView) => void // the subject follows one event only
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
  const closed = new Promise<void>((resolve) => {
    leave = resolve
  })
  return { host: { ...client, closed }, leave: () => leave() }
}

describe('waiting for the service', () => {
  it.each<[ServiceAction, GatewayState, GatewayState, GatewayState[], string]>([
    ['start', stopped, starting, [starting, running('two')], 'reached'],
    ['start', running('one'), running('one'), [], 'reached'],
    ['start', failed, starting, [running('two')], 'reached'],
    ['start', stopped, starting, [failed], 'failed'],
    ['stop', running('one'), running('one'), [stopped], 'reached'],
    ['stop', stopped, stopped, [], 'reached'],
    ['restart', running('one'), running('one'), [starting, running('two')], 'reached'],
    ['restart', running('one'), running('one'), [running('one')], 'late'],
    ['start', stopped, starting, [starting], 'late'],
  ])('%s from %o', async (action, before, answer, later, kind) => {
    const { host } = hostWith(before, answer, later)
    expect(await waitForState(host, action, 100, () => {})).toMatchObject({ kind })
  })

  it('ends when the host goes', async () => {
    const { host, leave } = hostWith(stopped, starting, [])
    setTimeout(leave, 10)
    expect(await waitForState(host, 'start', 5_000, () => {})).toMatchObject({
      kind: 'refused',
      problem: { code: 'CONNECTION_LOST' },
    })
  })

  it('tells of each state on the way', async () => {
    const { host } = hostWith(stopped, starting, [starting, running('two')])
    const seen: string[] = []
    await waitForState(host, 'start', 1_000, (state) => seen.push(state.name))
    expect(seen).toEqual(['starting', 'starting', 'running'])
  })
})
