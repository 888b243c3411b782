import { setTimeout as wait } from 'node:timers/promises'
import { resolveGatewayPort } from '../../../host/config/gateway-port.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { whoListens } from '../../../host/processes/who-listens.ts'
import { defaultGatewayPort } from '../../../shared/endpoints.ts'
import { isUp, pidOf } from '../../../shared/gateway-state.ts'
import type { Snapshot } from '../../../shared/host-api.ts'
import { fieldsOf, type LooseFields, numberOf, textOf } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import { describeState } from '../../../shared/wording/describe-state.ts'
import type { Asked } from './ask-all.ts'
import type { GatewayFacts } from './status-facts.ts'

type Process = Pick<
  GatewayFacts,
  'word' | 'reason' | 'pid' | 'uptimeMs' | 'port' | 'runBy' | 'rssBytes' | 'cpuPercent'
>

/** What the process table, the host and the gateway itself say of it, put together. */
export async function gatewayFacts(
  snapshot: Snapshot | null,
  config: LooseFields,
  asked: Asked,
  hostProblem: Problem | null,
): Promise<GatewayFacts> {
  const { port: configured, mode } = fieldsOf(config.gateway)
  const asking = resolveGatewayPort({ flag: undefined, env: process.env, configured: numberOf(configured) })
  const port = asking.ok ? asking.port : defaultGatewayPort
  const found = snapshot ? byHost(snapshot, asked) : await byProcessTable(port, asked, noHost(hostProblem))
  // A host that has just begun has measured nothing yet, or memory once and so no share of a core.
  const load = found.cpuPercent === null && found.pid !== null ? await loadOf(found.pid) : {}
  const { told } = asked
  return {
    ...found,
    ...load,
    uptimeMs: numberOf(told.uptimeMs) ?? found.uptimeMs,
    version: textOf(told.version) ?? snapshot?.gateway.version ?? asked.version,
    reachable: asked.problem === null,
    latencyMs: asked.latencyMs,
    problem: asked.problem,
    mode: textOf(mode) ?? 'local',
  }
}

function byHost({ gateway, host, metrics }: Snapshot, asked: Asked): Process {
  const { state, port } = gateway
  const { word, reason } = describeState('en', state, Date.now())
  const isServing = isUp(state)
  const sample = isServing ? metrics.at(-1) : undefined
  const isKnownSince = isServing && state.name !== 'adopted' && 'since' in state
  return {
    word,
    // Since when is of no use then.
    reason: state.name === 'running' && asked.problem ? 'it does not answer' : reason.replaceAll('`', ''),
    pid: pidOf(state),
    uptimeMs: isKnownSince ? Math.max(0, Date.now() - state.since) : null,
    port,
    runBy: runBy({ gateway, host }),
    rssBytes: sample?.rssBytes ?? null,
    cpuPercent: sample?.cpuPercent ?? null,
  }
}

function runBy({ gateway: { state }, host }: Pick<Snapshot, 'gateway' | 'host'>): string {
  switch (state.name) {
    case 'adopted':
      return `${state.program}, started elsewhere; the host (pid ${host.pid}) watches it`
    case 'serviceManaged':
      return `${state.manager} as ${state.unit}; the host (pid ${host.pid}) watches it`
    case 'foreign':
      return `user ${state.user}; it cannot be stopped from here`
    default:
      return `the host, version ${host.version}, pid ${host.pid}`
  }
}

function noHost(found: Problem | null): string {
  return found?.code === 'HOST_UNRESPONSIVE' ? 'the host does not answer' : 'no host runs'
}

async function byProcessTable(port: number, asked: Asked, why: string): Promise<Process> {
  const table = openProcessTable()
  const listener = await whoListens(port, table)
  const nothing = { pid: null, uptimeMs: null, port, rssBytes: null, cpuPercent: null }
  if (listener.kind === 'nobody') {
    return {
      ...nothing,
      word: 'Not running',
      reason: `nothing listens on port ${port}`,
      runBy: `nobody; ${why}`,
    }
  }
  if (listener.kind === 'others' && listener.process === null) {
    const { user } = listener
    return { ...nothing, word: 'Not ours', reason: `port ${port} is in use by ${user}`, runBy: user }
  }
  const found = listener.process
  if (found === null) return { ...nothing, word: 'Not running', reason: '', runBy: `nobody; ${why}` }
  const { pid, program, startedAt } = found
  const whose = listener.kind === 'own' ? '' : ` of ${listener.user}`
  const runBy = `${program}${whose}, started elsewhere; ${why}`
  const word = asked.problem === null ? 'Running' : 'Not answering'
  const uptimeMs = Math.max(0, Date.now() - startedAt)
  return { ...nothing, word, reason: '', pid, uptimeMs, runBy }
}

const sampleMs = 250

/** Memory now, and the share of a core over a quarter of a second. */
async function loadOf(pid: number): Promise<Pick<Process, 'rssBytes' | 'cpuPercent'>> {
  const table = openProcessTable()
  const before = await table.usage(pid)
  const startedAt = performance.now()
  await wait(sampleMs)
  const after = await table.usage(pid)
  if (!before || !after) return { rssBytes: null, cpuPercent: null }
  const cpuPercent = (100 * (after.cpuMs - before.cpuMs)) / (performance.now() - startedAt)
  return { rssBytes: after.rssBytes, cpuPercent: Math.max(0, cpuPercent) }
}
