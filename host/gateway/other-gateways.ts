import type { Clock } from '../clock.ts'
import { isSameProcess, type ProcessTable } from '../processes/process-table.ts'
import type { SupervisorFigures } from '../supervisor/figures.ts'
import type { ServiceSighting } from '../supervisor/state.ts'
import type { OtherGateways, PortFinding } from '../supervisor/supervisor.ts'
import { checkPort } from './check-port.ts'
import { every } from './every.ts'
import { findLockHolder } from './find-lock-holder.ts'
import { identifyGateway } from './identify-gateway.ts'
import { isPortTaken } from './is-port-taken.ts'
import { watchOther } from './watch-other.ts'

interface OthersParts {
  readonly clock: Clock
  readonly table: ProcessTable
  readonly figures: SupervisorFigures
  readonly configPath: string
  /** The service, where one runs the gateway. */
  askService(): Promise<ServiceSighting | null>
  readToken(): Promise<string>
  /** Its version, where it names one. */
  met(version: string | null): void
}

const quietMs = 3_000
const quietLookMs = 250
/** Somebody who starts theirs again has its lock at once, but may listen only seconds later. */
const longestWaitMs = 60_000

/** Finds gateways that are not our child, and watches them. Nothing here ever signals a process. */
export function otherGateways(parts: OthersParts): OtherGateways {
  const { clock, table, figures, configPath, readToken } = parts
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve))
  const lockHolder = () => findLockHolder({ configPath, table })
  /** The last program that was asked and is no gateway: it is not bothered again. */
  let stranger: { pid: number; startTime: string } | null = null

  async function identify(port: number): Promise<PortFinding | null> {
    const found = await identifyGateway({ port, configPath, table, readToken })
    if (!found) return null
    parts.met(found.version)
    const { other } = found
    if (other.kind === 'adopted') {
      const service = await parts.askService()
      if (service && service.pid === other.identity?.pid) return { kind: 'service', service }
    }
    return { kind: 'other', other }
  }

  /** It was asked before and is no gateway; one that has come to hold our lock is asked again. */
  async function isStranger(port: number): Promise<boolean> {
    if (!stranger || !isSameProcess(table, stranger)) return false
    // Asked of the one process: looking for a listener among all is much dearer, and this is asked for days.
    if (!(await table.holdsListener(stranger.pid, port))) return false
    return (await lockHolder())?.pid !== stranger.pid
  }

  async function remember(port: number): Promise<void> {
    const listener = await table.findListener(port)
    stranger = listener?.kind === 'process' ? listener.process : null
  }

  async function untilQuiet(port: number): Promise<void> {
    const begun = clock.now().mono
    let quietSince = begun
    for (;;) {
      const now = clock.now().mono
      if (await isPortTaken(port)) return
      const isStarting = (await lockHolder()) !== null
      if (isStarting && now - begun < longestWaitMs) quietSince = clock.now().mono
      if (now - quietSince >= quietMs) return
      await wait(quietLookMs)
    }
  }

  return {
    async lookAtPort(port, afterOther) {
      if (afterOther) await untilQuiet(port)
      const blocked = await checkPort(port, table)
      if (!blocked) return { kind: 'free' }
      if (blocked.code === 'PORT_FORBIDDEN') return { kind: 'blocked', problem: blocked }
      const found = (await isStranger(port)) ? null : await identify(port)
      if (found) return found
      await remember(port)
      return { kind: 'blocked', problem: blocked }
    },

    lookAround(port, found) {
      return every({ clock, firstMs: 0, ms: figures.probeEveryMs }, async (isOver) => {
        if (!(await isPortTaken(port)) || (await isStranger(port))) return
        const finding = await identify(port)
        if (isOver()) return
        if (finding) found(finding)
        else await remember(port)
      })
    },

    watch: (other, port, heard) =>
      watchOther({
        clock,
        table,
        figures,
        other,
        port,
        identify: async () => (await identifyGateway({ port, configPath, table, readToken }))?.other ?? null,
        ...heard,
      }),
  }
}
