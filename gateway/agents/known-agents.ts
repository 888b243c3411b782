import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LooseFields } from '../../shared/loose-value.ts'
import { agentIdOf, configuredAgents, defaultAgentId } from './agent-ids.ts'

/**
 * Ids of the agents whose sessions count, the default one first: those of the configuration, or, where it names
 * none, those that have a folder in the state folder.
 */
export async function knownAgentIds(config: LooseFields, stateDir: string): Promise<readonly string[]> {
  const first = defaultAgentId(config)
  const configured = configuredAgents(config).map(({ id }) => id)
  const others = configured.length > 0 ? configured : await agentFolders(stateDir)
  const sorted = [...new Set(others)].filter((id) => id !== first).sort((a, b) => a.localeCompare(b))
  return [first, ...sorted]
}

/** A link is no folder of an agent: it may lead anywhere. */
async function agentFolders(stateDir: string): Promise<readonly string[]> {
  const entries = await readdir(join(stateDir, 'agents'), { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => (agentIdOf(name) === name ? [name] : []))
}
