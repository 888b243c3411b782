import { dirname, join, relative, resolve, sep } from 'node:path'
import { expandHome } from '../../../host/config/state-paths.ts'
import { fieldsOf, textOf } from '../../../shared/loose-value.ts'
import { defaultAgentId } from '../../agents/agent-ids.ts'
import { knownAgentIds } from '../../agents/known-agents.ts'
import type { SessionState } from '../session-state.ts'

/** One file that lists sessions. */
export interface StorePlace {
  readonly agentId: string
  /** Absolute. */
  readonly path: string
  /** Nothing is followed out of this folder. */
  readonly root: string
}

/** Of each agent that counts, and the one of Moltbot's first releases, whose sessions are the default agent's. */
export async function storePlaces(state: SessionState): Promise<readonly StorePlace[]> {
  const template = storeTemplate(state)
  const first = defaultAgentId(state.config)
  if (template !== undefined && !template.includes('{agentId}')) return [placeOf(state, first)]
  const ids = await knownAgentIds(state.config, state.stateDir)
  return [...ids.map((id) => placeOf(state, id)), formerPlace(state)]
}

/** Where the session of one agent may be listed: its own store first. */
export function placesOfAgent(state: SessionState, agentId: string): readonly StorePlace[] {
  const own = placeOf(state, agentId)
  const isDefault = agentId === defaultAgentId(state.config)
  return isDefault && storeTemplate(state) === undefined ? [own, formerPlace(state)] : [own]
}

/** As `session.store` of the configuration says it, for a list that comes from there. */
export function describePlaces(state: SessionState): string {
  return storeTemplate(state) ?? '(multiple)'
}

function placeOf(state: SessionState, agentId: string): StorePlace {
  const template = storeTemplate(state)
  if (template === undefined) {
    const path = join(state.stateDir, 'agents', agentId, 'sessions', 'sessions.json')
    return { agentId, path, root: state.stateDir }
  }
  const path = expandHome(template.replaceAll('{agentId}', agentId), state.home)
  return { agentId, path, root: isWithin(state.stateDir, path) ? state.stateDir : dirname(path) }
}

function formerPlace(state: SessionState): StorePlace {
  const path = join(state.stateDir, 'sessions', 'sessions.json')
  return { agentId: defaultAgentId(state.config), path, root: state.stateDir }
}

function storeTemplate({ config }: SessionState): string | undefined {
  return textOf(fieldsOf(config.session).store)
}

/** Whether `path` is below `folder`; both absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path))
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === resolve(path)
}
