import type { HostInfo } from '../shared/host-api.ts'
import type { Problem } from '../shared/problem.ts'
import { offerBrowserPage } from './browser-page.ts'
import type { GatewayCommand } from './child/launch-gateway.ts'
import type { HostGround } from './claim-host.ts'
import { systemClock } from './clock.ts'
import { type Host, openHost } from './host.ts'
import type { LoginItem } from './login-item/login-item.ts'
import { narrate } from './narrate.ts'
import { figures } from './supervisor/figures.ts'
import { sayProblem, saySentence } from './terminal.ts'
import { openControlSocket } from './transports/control-socket.ts'
import type { AppUpdater } from './updates/app-updater.ts'

export interface PrimaryOptions {
  readonly shell: HostInfo['shell']
  /** Port of the browser's page; 0 takes a free one. */
  readonly port: number
  /** As given on the command line; the configuration and the environment are asked otherwise. */
  readonly gatewayPort: string | undefined
  readonly gatewayCommand: GatewayCommand
  /** A plain Node; without one, that of this process. */
  readonly nodePath?: string
  /** See `HostParts`. */
  readonly appUpdater?: AppUpdater
  readonly loginItem?: LoginItem
}

/** The host with the transports that every shell has. Its `quit` ends those too. */
export interface PrimaryHost extends Host {
  /** A fresh one-time address of the browser's page. */
  freshLink(): Promise<string>
}

export type PrimaryOutcome =
  | { readonly ok: true; readonly host: PrimaryHost }
  | { readonly ok: false; readonly problem: Problem }

/**
 * Opens the host of a process that has claimed to be it, whichever its shell. A headless one listens for
 * browsers from the start; a desktop only once somebody asks for an address.
 */
export async function openPrimaryHost(ground: HostGround, options: PrimaryOptions): Promise<PrimaryOutcome> {
  const host = await openHost({
    ...ground,
    ...(options.appUpdater && { appUpdater: options.appUpdater }),
    ...(options.loginItem && { loginItem: options.loginItem }),
    clock: systemClock,
    figures,
    gatewayCommand: options.gatewayCommand,
    nodePath: options.nodePath ?? process.execPath,
    gatewayPortFlag: options.gatewayPort,
    shell: options.shell,
    freshLink: () => page.freshLink(),
  })
  const { firstRun } = host
  if (firstRun.ok) for (const what of firstRun.written) saySentence(`Wrote ${what}`)
  else await sayProblem(firstRun)
  const isDesktop = options.shell === 'desktop'
  const page = offerBrowserPage({ ...host, port: options.port, orFreePort: isDesktop, table: ground.table })
  const notListening = isDesktop ? null : await page.open()
  if (notListening) {
    await host.quit()
    return { ok: false, problem: notListening }
  }
  const control = await openControlSocket(ground.hostPaths.socketPath, host.handlers, host.events)
  if (!control.ok) {
    await Promise.all([page.close(), host.quit()])
    return control
  }
  narrate(host.events, firstRun.ok ? null : firstRun.code)
  return { ok: true, host: { ...host, freshLink: page.freshLink, begin, quit } }

  function begin(): void {
    host.begin()
    if (host.stoppedSince === null) return
    const since = new Date(host.stoppedSince).toLocaleString()
    saySentence(`The gateway stays stopped, as you asked on ${since}. Start it: moltbot service start`)
  }

  async function quit(killAfterMs?: number): Promise<void> {
    await host.quit(killAfterMs)
    if (control.ok) await Promise.all([page.close(), control.socket.close()])
  }
}
