import type { HostGround } from '../../host/claim-host.ts'
import type { Host } from '../../host/host.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Leaving } from '../quit/quit-path.ts'
import type { StartOptions } from './start-options.ts'

/** What the shell needs of a host. */
export type DesktopHost = Pick<Host, 'handlers' | 'events' | 'begin' | 'quit' | 'stoppedSince'>

export type HostOutcome =
  | { readonly ok: true; readonly host: DesktopHost }
  | { readonly ok: false; readonly problem: Problem }

/** Opens the host of a process that holds the host lock. */
export type OpenDesktopHost = (
  ground: HostGround,
  options: StartOptions,
  leaving: Leaving,
) => Promise<HostOutcome>
