import {
  agentIdentityParamsSchema,
  channelsStatusParamsSchema,
  cronListParamsSchema,
  noParamsSchema,
  updateRunParamsSchema,
} from '../../../shared/protocol/methods.ts'
import { agentIdentity } from '../../agents/agent-identity.ts'
import { agentIdOf, defaultAgentId } from '../../agents/agent-ids.ts'
import { listAgents } from '../../agents/list-agents.ts'
import { channelsStatus } from '../../channels/channels-status.ts'
import { cronJobs } from '../../cron/cron-jobs.ts'
import { configuredModels } from '../../models/configured-models.ts'
import { agentOfKey, askedKey } from '../../sessions/session-key.ts'
import { defineMethod, found, type Method } from '../method.ts'
import type { MethodServices } from '../method-services.ts'
import { refuse } from './refuse.ts'
import { sessionStateOf } from './session-state.ts'
import { status } from './status.ts'
import { updateHandOff } from './update-run.ts'

type FactMethod =
  | 'status'
  | 'channelsStatus'
  | 'agentsList'
  | 'agentIdentity'
  | 'modelsList'
  | 'cronStatus'
  | 'cronList'
  | 'lastHeartbeat'
  | 'updateRun'

export function factMethods(services: MethodServices): Record<FactMethod, Method['answer']> {
  const state = () => sessionStateOf(services)
  const answers = {
    status: defineMethod('operator.read', noParamsSchema, async () => found(await status(services))),
    // A probe would ask a channel that runs: there is none, so it finds what a look finds.
    channelsStatus: defineMethod('operator.read', channelsStatusParamsSchema, async () =>
      found(await channelsStatus(state())),
    ),
    agentsList: defineMethod('operator.read', noParamsSchema, async () => {
      const { config, stateDir } = state()
      return found(await listAgents(config, stateDir))
    }),
    agentIdentity: defineMethod('operator.read', agentIdentityParamsSchema, (params) => {
      const { agentId, sessionKey } = params ?? {}
      const { config } = state()
      const asked = sessionKey?.trim() ? agentOfKey(config, askedKey(config, sessionKey)) : agentId
      return found(agentIdentity(config, asked === undefined ? defaultAgentId(config) : agentIdOf(asked)))
    }),
    cronStatus: defineMethod('operator.read', noParamsSchema, async () => {
      const read = await cronJobs(state())
      if (!read.ok) return refuse(read)
      // Nothing runs them here, whatever the configuration says of it.
      return found({ enabled: false, storePath: read.path, jobs: read.jobs.length, nextWakeAtMs: null })
    }),
    cronList: defineMethod('operator.read', cronListParamsSchema, async (params) => {
      const read = await cronJobs(state())
      if (!read.ok) return refuse(read)
      return found({ jobs: read.jobs.filter(({ enabled }) => params?.includeDisabled || enabled !== false) })
    }),
    modelsList: defineMethod('operator.read', noParamsSchema, () =>
      found({ models: configuredModels(state().config) }),
    ),
    lastHeartbeat: defineMethod('operator.read', noParamsSchema, () => found(null)),
    updateRun: defineMethod('operator.admin', updateRunParamsSchema, () => found(updateHandOff())),
  }
  return {
    status: answers.status.answer,
    channelsStatus: answers.channelsStatus.answer,
    agentsList: answers.agentsList.answer,
    agentIdentity: answers.agentIdentity.answer,
    cronStatus: answers.cronStatus.answer,
    cronList: answers.cronList.answer,
    modelsList: answers.modelsList.answer,
    lastHeartbeat: answers.lastHeartbeat.answer,
    updateRun: answers.updateRun.answer,
  }
}
