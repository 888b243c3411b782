import type { Finding } from '../../../shared/checks.ts'
import { loopback } from '../../../shared/endpoints.ts'
import { numberOf } from '../../../shared/loose-value.ts'
import { thresholds } from '../../../shared/metrics.ts'
import { describeFinding } from '../../../shared/wording/describe-finding.ts'
import {
  formatAgo,
  formatBytes,
  formatDuration,
  formatMoment,
  formatPercent,
  formatTook,
} from '../../../shared/wording/format.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { channelsInStatus } from '../channels/channel-facts.ts'
import { moodColours } from '../channels/channel-table.ts'
import { summaryOf } from '../checks/report-json.ts'
import { serviceLines } from '../startup/service-lines.ts'
import { cutText } from '../text-width.ts'
import type { Labelled, Said } from './labelled-lines.ts'
import type { StatusFacts } from './status-facts.ts'

export interface PartsWanted {
  readonly isVerbose: boolean
  readonly isUsage: boolean
}

/** Everything but the sessions, the answer first. */
export function statusParts(facts: StatusFacts, { isVerbose, isUsage }: PartsWanted): readonly Labelled[] {
  const parts: (Labelled | null)[] = [
    { label: 'Gateway', said: gatewaySaid(facts) },
    ...loadParts(facts),
    { label: 'Run by', said: runBySaid(facts) },
    servicePart(facts),
    { label: 'Channels', said: channelsSaid(facts, isVerbose) },
    { label: 'Agents', said: [agentsText(facts)] },
    { label: 'Config', said: configSaid(facts) },
    { label: 'Updates', said: updatesSaid(facts) },
    { label: 'Backup', said: [backupText(facts)] },
    { label: 'Security', said: checksSaid(facts, 'audit', isVerbose) },
    facts.doctor ? { label: 'Doctor', said: checksSaid(facts, 'doctor', isVerbose) } : null,
    facts.health ? { label: 'Health', said: [healthText(facts)] } : null,
    isUsage ? { label: 'Usage', said: [usageText(facts)] } : null,
    { label: 'Log', said: logSaid(facts) },
  ]
  return parts.filter((part) => part !== null)
}

function gatewaySaid({ gateway, config }: StatusFacts): Said[] {
  const { word, reason, reachable, latencyMs, problem, pid, uptimeMs, port, version } = gateway
  const answers = reachable && latencyMs !== null ? `, answers in ${formatTook('en', latencyMs)}` : ''
  const facts = [
    ...(pid === null ? [] : [`pid ${pid}`]),
    ...(uptimeMs === null ? [] : [`up ${formatDuration('en', uptimeMs)}`]),
    ...(version === null ? [] : [`version ${version}`]),
    `http://${loopback}:${port}`,
  ]
  const why = reason === '' || reachable ? '' : `: ${reason}`
  const isHeldUp = config.problems.length > 0
  const start = isHeldUp
    ? 'correct the configuration (below), then: moltbot service start'
    : 'start it with: moltbot service start'
  return [
    { text: `${word}${answers}${why}`, colour: reachable ? 'green' : pid === null ? 'red' : 'yellow' },
    facts.join(', '),
    ...(pid === null ? [start] : problem ? [problemText(problem)] : []),
  ]
}

function loadParts({ gateway: { rssBytes, cpuPercent } }: StatusFacts): Labelled[] {
  return [
    ...(rssBytes === null ? [] : [markedPart('Memory', rssBytes, thresholds.rssBytes, formatBytes)]),
    ...(cpuPercent === null ? [] : [markedPart('CPU', cpuPercent, thresholds.cpuPercent, formatPercent)]),
  ]
}

interface Marks {
  readonly normal: number
  readonly alarm: number
}

function markedPart(label: string, value: number, marks: Marks, format: (one: number) => string): Labelled {
  const mark = markOf(value, marks)
  const colour = mark === 'alarm' ? 'red' : mark === 'high' ? 'yellow' : null
  return { label, said: [{ text: `${format(value)} (${markText(mark, marks, format)})`, colour }] }
}

/** By the marks of the manual. */
export function markOf(value: number, { normal, alarm }: Marks) {
  return value > alarm ? 'alarm' : value < normal ? 'normal' : 'high'
}

function markText(
  mark: ReturnType<typeof markOf>,
  { normal, alarm }: Marks,
  format: (value: number) => string,
): string {
  if (mark === 'normal') return 'normal'
  return mark === 'high' ? `high: normal is below ${format(normal)}` : `alarm: above ${format(alarm)}`
}

function runBySaid({ gateway, hostProblem }: StatusFacts): Said[] {
  if (hostProblem?.code !== 'HOST_UNRESPONSIVE') return [gateway.runBy]
  return [gateway.runBy, { text: problemText(hostProblem), colour: 'red' }]
}

function servicePart({ service }: StatusFacts): Labelled | null {
  const said = service ? serviceLines(service).flatMap(([, value]) => (value === null ? [] : [value])) : []
  return said.length > 0 ? { label: 'Service', said } : null
}

function channelsSaid({ channels }: StatusFacts, isVerbose: boolean): Said[] {
  const found = channelsInStatus(channels)
  if (found.length === 0) return ['none is set up']
  return found.flatMap((channel): Said[] => [
    {
      text: `${channel.label}: ${[channel.word, ...channel.notes].join('; ')}`,
      colour: moodColours[channel.mood],
    },
    ...(isVerbose
      ? channel.accounts.map((one) => `  ${one.id}: ${[one.word, ...one.notes].join('; ')}`)
      : []),
  ])
}

function agentsText({ agents: { defaultId, ids } }: StatusFacts): string {
  const others = ids.filter((id) => id !== defaultId)
  return [`${defaultId} (default)`, ...others].join(', ')
}

function configSaid({ config }: StatusFacts): Said[] {
  const { path, exists, problems, warnings } = config
  const [first] = problems
  if (!first) {
    const idle =
      warnings === 0
        ? ''
        : `; ${warnings} ${warnings === 1 ? 'key has' : 'keys have'} no effect: moltbot config validate`
    return [exists ? `${path}, valid${idle}` : `${path}, not there yet: the defaults count`]
  }
  const more = problems.length > 1 ? [`and ${problems.length - 1} more: moltbot config validate`] : []
  return [`${path}, not valid`, { text: problemText(first), colour: 'red' }, ...more]
}

function updatesSaid({ updates }: StatusFacts): Said[] {
  if (!updates) return ['not known while no host answers; look with: moltbot update --check']
  const { app, gateway } = updates
  const offers = [
    ...(app.offer && app.offer.version !== app.skipped ? [`Moltbot Desktop ${app.offer.version}`] : []),
    ...(gateway.offer && gateway.offer.version !== gateway.skipped
      ? [`gateway ${gateway.followed ?? ''} ${gateway.offer.version}`]
      : []),
  ]
  if (offers.length > 0)
    return [{ text: `${offers.join(' and ')} can be installed: moltbot update`, colour: 'yellow' }]
  const at = Math.max(app.checkedAt ?? 0, gateway.checkedAt ?? 0)
  return [
    at === 0
      ? 'not looked for yet: moltbot update --check'
      : `none; looked ${formatAgo('en', at, Date.now())}`,
  ]
}

function backupText({ backups, at }: StatusFacts): string {
  if (!backups) return 'not known'
  const { latest, schedule, count } = backups
  if (!latest) return 'none yet: moltbot backup create'
  const overdue = schedule?.overdueSince ? '; the daily one is overdue' : ''
  const daily = schedule?.enabled ? `daily at ${schedule.at}` : 'the daily one is off'
  return `${formatAgo('en', latest.createdAt, at)} (${formatBytes(latest.bytes)}), ${count} kept; ${daily}${overdue}`
}

const topFindings = 6

function checksSaid(facts: StatusFacts, kind: 'audit' | 'doctor', isVerbose: boolean): Said[] {
  const report = facts[kind]
  const command = kind === 'audit' ? 'moltbot security audit' : 'moltbot doctor'
  if (!report) return [`could not be looked at in time: ${command}`]
  const { critical, warn, info } = summaryOf(report.findings)
  if (critical + warn === 0)
    return [{ text: `nothing to see to${info > 0 ? `, ${info} to note` : ''}`, colour: 'green' }]
  const order = ['critical', 'warn'] as const
  const worst = order.flatMap((level) => report.findings.filter((finding) => finding.level === level))
  const shown = isVerbose ? worst : worst.slice(0, topFindings)
  const rest = worst.length - shown.length
  return [
    {
      text: `${critical} critical, ${warn} ${warn === 1 ? 'warning' : 'warnings'}: ${command}`,
      colour: critical > 0 ? 'red' : 'yellow',
    },
    ...shown.map((finding) => `${finding.level === 'critical' ? '✗' : '!'} ${titleOf(finding)}`),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ]
}

export function titleOf(finding: Finding): string {
  return describeFinding('en', finding).title.replaceAll('`', '')
}

function healthText({ health }: StatusFacts): string {
  const took = numberOf(health?.durationMs)
  return `${health?.ok === true ? 'well' : 'not well'}${took === undefined ? '' : `, checked in ${formatTook('en', took)}`}`
}

function usageText({ usage }: StatusFacts): string {
  return usage === null
    ? 'there have been no model runs: this gateway runs no agent yet'
    : 'the gateway tells of it: moltbot gateway call usage.status'
}

function logSaid({ log: { path, lastError } }: StatusFacts): Said[] {
  if (!lastError) return [path, 'no error in it']
  const when = lastError.time === null ? '' : ` (${formatMoment('en', lastError.time)})`
  return [path, `last error${when}: ${cutText(lastError.text, 200)}`]
}
