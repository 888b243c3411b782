import { loopback } from '../../shared/endpoints.ts'
import { exitCode } from '../../shared/exit-codes.ts'
import { type GatewayState, isUp as isServing, pidOf } from '../../shared/gateway-state.ts'
import type { Snapshot } from '../../shared/host-api.ts'
import { describeState } from '../../shared/wording/describe-state.ts'
import { formatBytes, formatDuration, formatPercent } from '../../shared/wording/format.ts'
import { reachHost } from './reach-host.ts'
import { serviceLines, statusService } from './startup/service-lines.ts'
import { failWith, sayJson, sayLine } from './tell.ts'

/** Prints what the host knows of its gateway; resolves to the exit code. */
export async function showStatus(isJson: boolean): Promise<number> {
  const reached = await reachHost()
  if (!reached.ok) {
    const { showServiceAlone } = await import('./startup/service-alone.ts')
    return (await showServiceAlone(isJson)) ?? failWith(reached, isJson)
  }
  const { host } = reached
  const [snapshot, service] = await Promise.all([host.call('host.snapshot'), host.call('service.look')])
  host.close()
  if (!snapshot.ok) return failWith(snapshot, isJson)
  const seen = service.ok ? service.value : snapshot.value.service
  const status = statusOf({ ...snapshot.value, service: seen }, Date.now())
  if (isJson) sayJson(status)
  else for (const line of statusLines(snapshot.value, status)) sayLine(line)
  return exitCode.done
}

type Status = ReturnType<typeof statusOf>

/** The whole answer of `--json`; times in ms, memory in bytes. */
function statusOf({ gateway, host, metrics, service }: Snapshot, now: number) {
  const { state, port, version, intent, crashes } = gateway
  const isUp = isServing(state)
  const sample = isUp ? metrics.at(-1) : undefined
  return {
    ok: true,
    state,
    pid: pidOf(state),
    // How long one has run that was started elsewhere, nobody here knows.
    uptimeMs: isUp && state.name !== 'adopted' && 'since' in state ? Math.max(0, now - state.since) : null,
    port,
    url: `http://${loopback}:${port}`,
    version,
    intent,
    crashes,
    rssBytes: sample?.rssBytes ?? null,
    cpuPercent: sample?.cpuPercent ?? null,
    service: statusService(service),
    host,
  }
}

function statusLines({ gateway, host }: Snapshot, status: Status): string[] {
  const { word, reason } = describeState('en', gateway.state, Date.now())
  const rows: [string, string | null][] = [
    ['State', reason ? `${word}: ${reason.replaceAll('`', '')}` : word],
    ['Process', status.pid === null ? null : `pid ${status.pid}`],
    ['Run by', runBy(gateway.state)],
    ['Uptime', status.uptimeMs === null ? null : formatDuration('en', status.uptimeMs)],
    ['Address', `${status.url} (port ${status.port})`],
    ['Version', status.version],
    ['Memory', status.rssBytes === null ? null : formatBytes(status.rssBytes)],
    ['CPU', status.cpuPercent === null ? null : formatPercent(status.cpuPercent)],
    ['Crashes', status.crashes === 0 ? null : `${status.crashes} since the host started`],
    ...serviceLines(status.service),
    ['Log', host.logPath],
    ['Host', `version ${host.version}, pid ${host.pid}; "moltbot host" prints the address of its page`],
  ]
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(8)} ${value}`]))
}

/** Whose process it is, where it is not the host's own child. */
function runBy(state: GatewayState): string | null {
  switch (state.name) {
    case 'adopted':
      return `${state.program}, started elsewhere; it is only watched, stop it where it was started`
    case 'serviceManaged':
      return `${state.manager}, unit ${state.unit}`
    case 'foreign':
      return `user ${state.user}; it cannot be stopped from here`
    default:
      return null
  }
}
