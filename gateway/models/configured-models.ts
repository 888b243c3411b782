import { fieldsOf, type LooseFields, listOf, numberOf, textOf } from '../../shared/loose-value.ts'
import { defaultModel, type ModelRef, modelRefOf, modelsOfAgents, providerOf } from './model-ref.ts'

export interface ModelChoice {
  readonly id: string
  readonly name: string
  readonly provider: string
  /** In tokens. */
  readonly contextWindow?: number
  readonly reasoning?: boolean
}

/** The models that the configuration names, by provider and name; no service is asked which others it has. */
export function configuredModels(config: LooseFields): readonly ModelChoice[] {
  const choices = new Map<string, ModelChoice>()
  const add = (choice: ModelChoice) => {
    const key = `${choice.provider}/${choice.id}`
    if (!choices.has(key)) choices.set(key, choice)
  }
  for (const choice of modelsOfProviders(config)) add(choice)
  for (const [ref, fields] of Object.entries(modelsOfAgents(config))) {
    const found = modelRefOf(ref)
    if (found) add(choiceOf(found, textOf(fieldsOf(fields).alias)))
  }
  for (const ref of refsOfAgents(config)) add(choiceOf(ref))
  return [...choices.values()].sort(
    (a, b) => a.provider.localeCompare(b.provider) || a.name.localeCompare(b.name),
  )
}

function modelsOfProviders(config: LooseFields): readonly ModelChoice[] {
  const providers = Object.entries(fieldsOf(fieldsOf(config.models).providers))
  return providers.flatMap(([name, fields]) =>
    listOf(fieldsOf(fields).models).flatMap((value) => {
      const given = fieldsOf(value)
      const id = textOf(given.id)
      if (id === undefined) return []
      const contextWindow = numberOf(given.contextWindow)
      return {
        id,
        name: textOf(given.name) ?? id,
        provider: providerOf(name),
        ...(contextWindow && contextWindow > 0 ? { contextWindow } : {}),
        ...(typeof given.reasoning === 'boolean' ? { reasoning: given.reasoning } : {}),
      }
    }),
  )
}

function choiceOf({ provider, model }: ModelRef, name: string = model): ModelChoice {
  return { id: model, name, provider }
}

/** The default one, those that stand in for it, and those of single agents. */
function refsOfAgents(config: LooseFields): readonly ModelRef[] {
  const { defaults, list } = fieldsOf(config.agents)
  const named = [defaults, ...listOf(list)].flatMap((agent) => {
    const { model } = fieldsOf(agent)
    const { primary, fallbacks } = fieldsOf(model)
    return [model, primary, ...listOf(fallbacks)].flatMap((value) => textOf(value) ?? [])
  })
  const refs = named.filter((text) => text.includes('/')).flatMap((text) => modelRefOf(text) ?? [])
  return [defaultModel(config), ...refs]
}
