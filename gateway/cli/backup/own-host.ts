import { realpathSync } from 'node:fs'
import { type ClaimedHost, claimHost } from '../../../host/claim-host.ts'
import { systemClock } from '../../../host/clock.ts'
import { type Host, openHost } from '../../../host/host.ts'
import { figures } from '../../../host/supervisor/figures.ts'
import { openControlSocket } from '../../../host/transports/control-socket.ts'
import { clientOf } from '../../../host/transports/local-client.ts'
import type { HostClient } from '../../../shared/host-client.ts'
import type { Problem } from '../../../shared/problem.ts'
import { ProblemError, problem } from '../../../shared/problem.ts'
import { reachHost } from '../reach-host.ts'

export type HostForCommand =
  | { readonly ok: true; readonly host: HostClient; close(): Promise<void> }
  | ({ readonly ok: false } & Problem)

/**
 * The user's running host; where none runs, one of our own for the time of this command: it holds the host
 * lock, so that no other starts a gateway on files that are being swapped, and starts none itself unless a
 * restore has to be proved.
 */
export async function hostForCommand(): Promise<HostForCommand> {
  const reached = await reachHost()
  if (reached.ok) return { ok: true, host: reached.host, close: async () => reached.host.close() }
  if (reached.code !== 'HOST_NOT_RUNNING') return reached
  const claim = await claimHost(process.env)
  if (claim.kind === 'blocked') return { ok: false, ...claim.problem }
  if (claim.kind === 'other') return hostForCommand() // one was started just now
  return openOwnHost(claim)
}

async function openOwnHost(claim: ClaimedHost): Promise<HostForCommand> {
  const [, entry = ''] = process.argv
  const leave = async (host: Host | null) => {
    await host?.quit()
    await claim.release()
  }
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
      throw new ProblemError(problem('HOST_LEAVING', { pid: process.pid }))
    },
  })
  // Who else asks meanwhile meets a host that answers, and not one that seems to hang.
  const control = await openControlSocket(claim.ground.hostPaths.socketPath, host.handlers, host.events)
  if (!control.ok) {
    await leave(host)
    return { ok: false, ...control.problem }
  }
  return {
    ok: true,
    host: clientOf(host),
    async close() {
      await leave(host)
      await control.socket.close()
    },
  }
}
