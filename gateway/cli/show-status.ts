import { loopback } from '../../shared/endpoints.ts'
import { exitCode } from '../../shared/exit-codes.ts'
import { pidOf } from '../../shared/gateway-state.ts'
import type { Snapshot } from '../../shared/host-api.ts'
import { describeState } from '../../shared/wording/describe-state.ts'
import { formatBytes, formatDuration, formatPercent } from '../../shared/wording/format.ts'
import { reachHost } from './reach-host.ts'
import { failWith, sayJson, sayLine } from './tell.ts'

/** Prints what the host knows of its gateway; resolves to the exit code. */
export async function showStatus(isJson: boolean): Promise<number> {
  const reached = await reachHost()
  if (!reached.ok) return failWith(reached, isJson)
  const { host } = reached
  const snapshot = await host.call('host.snapshot')
  host.close()
  if (!snapshot.ok) return failWith(snapshot, isJson)
  const status = statusOf(snapshot.value, Date.now())
  if (isJson) sayJson(status)
  else for (const line of statusLines(snapshot.value, status)) sayLine(line)
  return exitCode.done
}

type Status = ReturnType<typeof statusOf>

/** The whole answer of `--json`; times in ms, memory in bytes. */
function statusOf({ gateway, host, metrics }: Snapshot, now: number) {
  const { state, port, version, intent, crashes } = gateway
  const isUp = state.name === 'running' || state.name === 'degraded'
  const sample = isUp ? metrics.at(-1) : undefined
  return {
    ok: true,
    state,
    pid: pidOf(state),
    uptimeMs: isUp ? Math.max(0, now - state.since) : null,
    port,
    url: `http://${loopback}:${port}`,
    version,
    intent,
    crashes,
    rssBytes: sample?.rssBytes ?? null,
    cpuPercent: sample?.cpuPercent ?? null,
    host,
  }
}

function statusLines({ gateway, host }: Snapshot, status: Status): string[] {
  const { word, reason } = describeState('en', gateway.state, Date.now())
  const rows: [string, string | null][] = [
    ['State', reason ? `${word}: ${reason.replaceAll('`', '')}` : word],
    ['Process', status.pid === null ? null : `pid ${status.pid}`],
    ['Uptime', status.uptimeMs === null ? null : formatDuration('en', status.uptimeMs)],
    ['Address', `${status.url} (port ${status.port})`],
    ['Version', status.version],
    ['Memory', status.rssBytes === null ? null : formatBytes(status.rssBytes)],
    ['CPU', status.cpuPercent === null ? null : formatPercent(status.cpuPercent)],
    ['Crashes', status.crashes === 0 ? null : `${status.crashes} since the host started`],
    ['Log', host.logPath],
    ['Host', `version ${host.version}, pid ${host.pid}; "moltbot host" prints the address of its page`],
  ]
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(8)} ${value}`]))
}
