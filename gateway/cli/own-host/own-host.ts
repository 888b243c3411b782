import { realpathSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { type ClaimedHost, claimHost } from '../../../host/claim-host.ts'
import { systemClock } from '../../../host/clock.ts'
import { type Host, openHost } from '../../../host/host.ts'
import { whyHostDirFails } from '../../../host/host-paths.ts'
import { figures } from '../../../host/supervisor/figures.ts'
import { type ControlSocket, openControlSocket } from '../../../host/transports/control-socket.ts'
import { clientOf } from '../../../host/transports/local-client.ts'
import type { HostClient } from '../../../shared/host-client.ts'
import type { Problem } from '../../../shared/problem.ts'
import { ProblemError, problem } from '../../../shared/problem.ts'
import { type ReachedHost, reachHost } from '../reach-host.ts'
import { handlersForOthers } from './handlers-for-others.ts'
import { type EndRequest, listenForEnd } from './listen-for-end.ts'
import { untilIdle } from './until-idle.ts'

/** A host, and what a command must know of it. */
export interface HostInUse {
  readonly host: HostClient & { readonly closed?: Promise<void> }
  /** What it started ends with this command. */
  readonly isOwn: boolean
  /** Of our own host: aborted when the command is asked to end. Null for a running one, which we may just leave. */
  readonly endAsked: AbortSignal | null
  close(): Promise<void>
}

const openingLimitMs = 5_000

export type HostForCommand = ({ readonly ok: true } & HostInUse) | ({ readonly ok: false } & Problem)

/**
 * The user's running host; where none runs, one of our own for the time of this command: it holds the host
 * lock, so that no other starts a gateway on files that are being swapped, and starts none itself unless a
 * restore has to be proved. A host that is started meanwhile waits for it.
 */
export async function hostForCommand(): Promise<HostForCommand> {
  const reached = await reachOpening()
  if (reached.ok) {
    const { host } = reached
    return { ok: true, host, isOwn: false, endAsked: null, close: async () => host.close() }
  }
  if (reached.code !== 'HOST_NOT_RUNNING') return reached
  const claim = await claimHost(process.env)
  if (claim.kind === 'blocked') return { ok: false, ...claim.problem }
  if (claim.kind === 'other') return hostForCommand() // one was started just now
  const end = listenForEnd()
  try {
    return await openOwnHost(claim, end)
  } catch (error) {
    await claim.release()
    end.stop()
    const found = whyHostDirFails(error, claim.ground.hostPaths.hostDir)
    if (!found) throw error
    return { ok: false, ...found }
  }
}

/** One that has just taken the lock, or is about to give it up, does not answer for a moment. */
async function reachOpening(): Promise<ReachedHost> {
  const until = performance.now() + openingLimitMs
  for (;;) {
    const reached = await reachHost()
    if (reached.ok || reached.code !== 'HOST_UNRESPONSIVE' || performance.now() > until) return reached
    await wait(50)
  }
}

async function openOwnHost(claim: ClaimedHost, end: EndRequest): Promise<HostForCommand> {
  const [, entry = ''] = process.argv
  const host = await openHost({
    ...claim.ground,
    clock: systemClock,
    figures,
    gatewayCommand: { file: process.execPath, args: [realpathSync(entry), 'gateway'] },
    nodePath: process.execPath,
    gatewayPortFlag: undefined,
    writesMissing: false,
    shell: 'headless',
    freshLink() {
      throw new ProblemError(problem('HOST_BUSY_WITH_COMMAND', { pid: process.pid }))
    },
  })
  // Who else asks meanwhile meets a host that answers, and not one that seems to hang.
  const handlers = handlersForOthers(host.handlers)
  const control = await openControlSocket(claim.ground.hostPaths.socketPath, handlers, host.events)
  if (!control.ok) {
    await leave(host, null)
    return { ok: false, ...control.problem }
  }
  const client = clientOf(host)
  return {
    ok: true,
    host: client,
    isOwn: true,
    endAsked: end.asked,
    async close() {
      // Another command may have begun work here.
      await untilIdle(client, end.asked)
      await leave(host, control.socket)
    },
  }

  /** The lock goes last: closing removes the socket's file, which must not be the next host's already. */
  async function leave(host: Host, socket: ControlSocket | null): Promise<void> {
    try {
      await host.quit()
      await socket?.close()
    } finally {
      await claim.release()
      end.stop()
    }
  }
}
