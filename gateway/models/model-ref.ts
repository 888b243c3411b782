import { fieldsOf, type LooseFields, textOf } from '../../shared/loose-value.ts'

export interface ModelRef {
  readonly provider: string
  readonly model: string
}

/** What Moltbot takes where the configuration names no model. */
const fallback: ModelRef = { provider: 'anthropic', model: 'claude-opus-4-5' }
const fallbackContext = 200_000

/** `provider/model`; a model without a provider is one of Anthropic's. */
export function modelRefOf(text: string): ModelRef | null {
  const slash = text.indexOf('/')
  if (slash === -1) return text.trim() ? { provider: fallback.provider, model: text.trim() } : null
  const provider = providerOf(text.slice(0, slash))
  const model = text.slice(slash + 1).trim()
  return provider && model ? { provider, model } : null
}

/** The model that agents use unless a session has its own; names of `agents.defaults.models` count. */
export function defaultModel(config: LooseFields): ModelRef {
  const { model } = fieldsOf(fieldsOf(config.agents).defaults)
  const named = textOf(model) ?? textOf(fieldsOf(model).primary)
  return (named && (modelOfAlias(config, named) ?? modelRefOf(named))) || fallback
}

export function modelOfAlias(config: LooseFields, name: string): ModelRef | null {
  const wanted = name.trim().toLowerCase()
  for (const [ref, fields] of Object.entries(modelsOfAgents(config))) {
    if (textOf(fieldsOf(fields).alias)?.toLowerCase() === wanted) return modelRefOf(ref)
  }
  return null
}

/** Keys are `provider/model`: those that sessions may choose; none means that there is no such list. */
export function modelsOfAgents(config: LooseFields): LooseFields {
  return fieldsOf(fieldsOf(fieldsOf(config.agents).defaults).models)
}

/** Tokens that fit into one conversation. */
export function defaultContextTokens(config: LooseFields): number {
  const { contextTokens } = fieldsOf(fieldsOf(config.agents).defaults)
  return typeof contextTokens === 'number' && contextTokens > 0 ? contextTokens : fallbackContext
}

/** Other spellings of some names lead to the same one. */
export function providerOf(name: string): string {
  const lower = name.trim().toLowerCase()
  if (lower === 'z.ai' || lower === 'z-ai') return 'zai'
  if (lower === 'opencode-zen') return 'opencode'
  return lower === 'qwen' ? 'qwen-portal' : lower
}
