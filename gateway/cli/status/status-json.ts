import { arch, platform, release } from 'node:os'
import { loopback } from '../../../shared/endpoints.ts'
import { fieldsOf, listOf } from '../../../shared/loose-value.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { channelsInStatus } from '../channels/channel-facts.ts'
import { reportJson, summaryOf } from '../checks/report-json.ts'
import type { StatusFacts } from './status-facts.ts'

/** `--json`: Moltbot's members with what is true here, then ours. */
export function statusJson(facts: StatusFacts): object {
  const { gateway, service, told, sessions, updates, audit, doctor, log } = facts
  const { latest = null } = facts.backups ?? {}
  return {
    ok: true,
    ...(isPresent(told.linkChannel) ? { linkChannel: told.linkChannel } : {}),
    heartbeat: told.heartbeat ?? null,
    channelSummary: told.channelSummary ?? channelLines(facts),
    queuedSystemEvents: listOf(told.queuedSystemEvents),
    sessions,
    os: {
      platform: platform(),
      arch: arch(),
      release: release(),
      label: `${platform()} ${release()} (${arch()})`,
    },
    update: updates && { app: updates.app, gateway: updates.gateway },
    updateChannel: updates?.channel ?? null,
    gateway: {
      ...gateway,
      mode: gateway.mode,
      url: `ws://${loopback}:${gateway.port}`,
      urlSource: 'local loopback',
      misconfigured: facts.config.problems.length > 0,
      connectLatencyMs: gateway.latencyMs,
      self: gateway.version === null ? null : { version: gateway.version },
      error: gateway.problem && problemText(gateway.problem),
    },
    gatewayService: service && {
      label: service.manager ?? 'none',
      installed: service.file !== 'absent',
      loadedText: service.enabled === true ? 'enabled' : service.enabled === false ? 'disabled' : 'unknown',
      runtimeShort: service.pid === null ? service.active : `${service.active} (pid ${service.pid})`,
    },
    agents: {
      defaultId: facts.agents.defaultId,
      agents: facts.agents.ids.map((id) => ({ id })),
      totalSessions: fieldsOf(sessions).count ?? 0,
    },
    securityAudit: audit && { summary: summaryOf(audit.findings), findings: reportJson(audit).findings },
    ...(facts.health ? { health: facts.health } : {}),
    usage: facts.usage,
    host: facts.host,
    service,
    channels: channelsInStatus(facts.channels),
    config: { ...facts.config, valid: facts.config.problems.length === 0 },
    backup: { ...facts.backups, latest },
    doctor: doctor && { summary: summaryOf(doctor.findings) },
    log: { path: log.path, lastError: log.lastError },
  }
}

function channelLines({ channels }: StatusFacts): string[] {
  return channelsInStatus(channels).map(({ label, word }) => `${label}: ${word}`)
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null
}
