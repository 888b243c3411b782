import { homedir } from 'node:os'
import { lookAtService } from '../../../host/gateway-service/look-at-service.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import type { HostConnection } from '../../../host/transports/control-client.ts'
import type { ChecksReport } from '../../../shared/checks.ts'
import type { Snapshot } from '../../../shared/host-api.ts'
import { fieldsOf, isFields, listOf, textOf } from '../../../shared/loose-value.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { listAgents } from '../../agents/list-agents.ts'
import { recentSessions } from '../../sessions/read/recent-sessions.ts'
import { channelsOnDisk } from '../channels/channels-on-disk.ts'
import { ownLine, throughHost } from '../gateway-call/gateway-line.ts'
import { type FilesHere, readFilesHere, readStateHere } from '../gateway-call/state-here.ts'
import { reachHost } from '../reach-host.ts'
import { statusService } from '../startup/service-lines.ts'
import { type Asked, type Asking, askAll, notAsked } from './ask-all.ts'
import { backupFactsAlone, backupFactsOf } from './backup-facts.ts'
import { configFacts } from './config-facts.ts'
import { gatewayFacts } from './gateway-facts.ts'
import { logFacts } from './log-facts.ts'
import type { StatusFacts } from './status-facts.ts'

export interface StatusQuestion extends Asking {
  /** Also looks for trouble as `doctor` does. */
  readonly isDoctor: boolean
  readonly tailLines: number
}

/** Asks host, gateway, operating system and files at once; each may be missing. Known secrets are masked. */
export async function collectStatus(question: StatusQuestion): Promise<StatusFacts> {
  const reached = await reachHost()
  const host = reached.ok ? reached.host : null
  try {
    const [{ here, ask }, snapshot, audit, doctor, config, log] = await Promise.all([
      host ? besideHost(host) : alone(),
      host ? snapshotOf(host, question.timeoutMs) : null,
      check(host, 'audit', question.timeoutMs),
      question.isDoctor ? check(host, 'doctor', question.timeoutMs) : null,
      configFacts(),
      logFacts(question.tailLines),
    ])
    const asked = await ask(question)
    const hostProblem = reached.ok ? null : ({ code: reached.code, params: reached.params } as Problem)
    const now = Date.now()
    const hostPaths = resolveHostPaths(process.env, homedir(), process.platform)
    const [gateway, own, service, backups] = await Promise.all([
      gatewayFacts(snapshot, here.state.config, asked, hostProblem),
      fromFiles(here, asked),
      snapshot ? statusService(snapshot.service) : lookAtService(process.env),
      snapshot ? backupFactsOf(snapshot.backups) : backupFactsAlone(hostPaths, now),
    ])
    return here.masker.deep({
      at: now,
      host: snapshot?.host ?? null,
      hostProblem,
      gateway,
      service,
      ...own,
      told: asked.told,
      config,
      updates: snapshot?.updates ?? null,
      backups,
      audit,
      doctor,
      health: asked.health,
      usage: asked.usage,
      log,
    })
  } finally {
    host?.close()
  }
}

async function snapshotOf(host: HostConnection, timeoutMs: number): Promise<Snapshot | null> {
  const snapshot = await Promise.race([host.call('host.snapshot'), nothingBy(timeoutMs)])
  return snapshot?.ok ? snapshot.value : null
}

function nothingBy(timeoutMs: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), timeoutMs).unref())
}

interface Sight {
  readonly here: FilesHere
  ask(question: Asking): Promise<Asked>
}

/** The host reads the owner's secrets, and masks what it tells. */
async function besideHost(host: HostConnection): Promise<Sight> {
  return { here: await readFilesHere(), ask: (question) => askAll(throughHost(host), question) }
}

async function alone(): Promise<Sight> {
  const { access, ...here } = await readStateHere()
  return {
    here,
    async ask(question) {
      switch (access.kind) {
        case 'access':
          return askAll(ownLine(access), question)
        case 'problem':
          return notAsked(access.problem)
        case 'wrongUsage':
          return notAsked(problem('INTERNAL', { detail: access.detail }))
      }
    },
  }
}

/** What the gateway does not tell, the files do. */
async function fromFiles(
  { state }: FilesHere,
  asked: Asked,
): Promise<Pick<StatusFacts, 'channels' | 'sessions' | 'agents'>> {
  const { told } = asked
  const [channels, sessions, agents] = await Promise.all([
    asked.channels ?? channelsOnDisk(state),
    isFields(told.sessions) ? told.sessions : recentSessions(state),
    asked.agents ?? listAgents(state.config, state.stateDir),
  ])
  const ids = listOf(fieldsOf(agents).agents).flatMap((agent) => textOf(fieldsOf(agent).id) ?? [])
  return {
    channels,
    sessions: { ...sessions },
    agents: { defaultId: textOf(fieldsOf(agents).defaultId) ?? 'main', ids },
  }
}

/** Null where it takes longer than the limit, or cannot be made. */
async function check(
  host: HostConnection | null,
  kind: ChecksReport['kind'],
  timeoutMs: number,
): Promise<ChecksReport | null> {
  const order = { deep: false, fix: false }
  const limit = nothingBy(timeoutMs)
  if (host) {
    const answer = await Promise.race([
      host.call(kind === 'audit' ? 'checks.audit' : 'checks.doctor', order),
      limit,
    ])
    return answer?.ok ? answer.value : null
  }
  const { checkByOurselves } = await import('../checks/check-by-ourselves.ts')
  const answer = await Promise.race([checkByOurselves({ kind, ...order }, null), limit])
  return answer?.ok ? answer.report : null
}
