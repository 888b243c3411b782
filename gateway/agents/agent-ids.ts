import { fieldsOf, type LooseFields, listOf, textOf } from '../../shared/loose-value.ts'

export const mainAgent = 'main'

/** The form of an agent's id that its folder and its keys have; always fit to be the name of a folder. */
export function agentIdOf(text: string | undefined): string {
  const lower = (text ?? '').trim().toLowerCase()
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(lower)) return lower
  const dashed = lower
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
  return dashed || mainAgent
}

export interface ConfiguredAgent {
  readonly id: string
  readonly fields: LooseFields
}

/** `agents.list` of the configuration, in its order; the first of two with the same id counts. */
export function configuredAgents(config: LooseFields): readonly ConfiguredAgent[] {
  const agents = new Map<string, ConfiguredAgent>()
  for (const entry of listOf(fieldsOf(config.agents).list)) {
    const fields = fieldsOf(entry)
    const named = textOf(fields.id)
    if (named === undefined) continue
    const id = agentIdOf(named)
    if (!agents.has(id)) agents.set(id, { id, fields })
  }
  return [...agents.values()]
}

/** The agent marked as the default one, else the first one, else `main`. */
export function defaultAgentId(config: LooseFields): string {
  const agents = configuredAgents(config)
  const chosen = agents.find(({ fields }) => fields.default === true) ?? agents[0]
  return chosen?.id ?? mainAgent
}
