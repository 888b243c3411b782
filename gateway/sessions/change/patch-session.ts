import { randomUUID } from 'node:crypto'
import { fieldsOf, type LooseFields, numberOf, textOf } from '../../../shared/loose-value.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { SessionsPatchParams } from '../../../shared/protocol/session-params.ts'
import { configuredModels } from '../../models/configured-models.ts'
import { defaultModel, modelOfAlias, modelRefOf } from '../../models/model-ref.ts'
import { parseAgentKey } from '../session-key.ts'
import type { SessionState } from '../session-state.ts'
import { editSession, type SessionEdit } from './edit-session.ts'
import { allowedValues, type SessionSetting, sessionValues, settingValue } from './session-values.ts'

type Fields = Record<string, unknown>
type Invalid = Problem<'SESSION_VALUE_INVALID'>

/** Sets or takes out what a person may choose for a session; a session that does not exist begins. */
export async function patchSession(
  state: SessionState,
  params: SessionsPatchParams,
): Promise<SessionEdit<LooseFields>> {
  return editSession<LooseFields>(state, params.key, (draft, key, existing) => {
    const updatedAt = Math.max(numberOf(existing?.updatedAt) ?? 0, Date.now())
    const next: Fields = { sessionId: randomUUID(), ...existing, updatedAt }
    const { label } = params
    if (typeof label === 'string' && draft.isLabelOfOther(label.trim(), key)) {
      return { ok: false, ...invalid('label', 'another session has it already') }
    }
    const flaw =
      setText(next, 'label', label) ??
      setParent(next, key, params.spawnedBy) ??
      setText(next, 'execNode', params.execNode) ??
      setSettings(next, params) ??
      setModel(next, state.config, params.model) ??
      limitThinking(next, state.config, params)
    if (flaw) return { ok: false, ...flaw }
    draft.put(key, next)
    return { ok: true, value: next }
  })
}

function invalid(field: string, detail: string): Invalid {
  return problem('SESSION_VALUE_INVALID', { field, detail })
}

function set(entry: Fields, field: string, value: string | null): void {
  if (value === null) delete entry[field]
  else entry[field] = value
}

function setText(entry: Fields, field: string, given: string | null | undefined): Invalid | null {
  if (given === undefined) return null
  if (given !== null && (given.trim() === '' || given.trim().length > 64)) {
    return invalid(field, 'it takes 1 to 64 characters')
  }
  set(entry, field, given?.trim() ?? null)
  return null
}

/** Which session began this one is said once, and only of those that another one began. */
function setParent(entry: Fields, key: string, given: string | null | undefined): Invalid | null {
  if (given === undefined) return null
  const now = textOf(entry.spawnedBy)
  if (given === null) return now === undefined ? null : invalid('spawnedBy', 'it stays once it is set')
  if (!(parseAgentKey(key)?.rest ?? key).toLowerCase().startsWith('subagent:')) {
    return invalid('spawnedBy', 'only sessions of sub-agents have it')
  }
  if (now !== undefined && now !== given.trim()) return invalid('spawnedBy', 'it stays once it is set')
  entry.spawnedBy = given.trim()
  return null
}

function setSettings(entry: Fields, params: SessionsPatchParams): Invalid | null {
  for (const field of Object.keys(sessionValues) as SessionSetting[]) {
    const given = params[field]
    if (given === undefined) continue
    const value = given === null ? null : settingValue(field, given)
    if (value === undefined) return invalid(field, `it takes ${allowedValues(field)}`)
    set(entry, field, value)
  }
  return null
}

/** Only a model that the configuration names: whether any other exists, nobody here can say. */
function setModel(entry: Fields, config: LooseFields, given: string | null | undefined): Invalid | null {
  if (given === undefined) return null
  const usual = defaultModel(config)
  const ref = given === null ? usual : (modelOfAlias(config, given) ?? modelRefOf(given))
  const isUsual = ref?.provider === usual.provider && ref.model === usual.model
  const isNamed = configuredModels(config).some(
    ({ provider, id }) => provider === ref?.provider && id === ref.model,
  )
  if (!ref || !(isUsual || isNamed)) {
    return invalid(
      'model',
      'it takes a model that `models` or `agents.defaults.models` of the configuration names',
    )
  }
  set(entry, 'providerOverride', isUsual ? null : ref.provider)
  set(entry, 'modelOverride', isUsual ? null : ref.model)
  for (const field of [
    'authProfileOverride',
    'authProfileOverrideSource',
    'authProfileOverrideCompactionCount',
  ]) {
    delete entry[field]
  }
  return null
}

const deepThinkers = new Set(['openai/gpt-5.2', 'openai-codex/gpt-5.2-codex', 'openai-codex/gpt-5.1-codex'])

function limitThinking(entry: Fields, config: LooseFields, params: SessionsPatchParams): Invalid | null {
  const usual = defaultModel(config)
  const { providerOverride = usual.provider, modelOverride = usual.model, thinkingLevel } = fieldsOf(entry)
  if (thinkingLevel !== 'xhigh' || deepThinkers.has(`${providerOverride}/${modelOverride}`.toLowerCase()))
    return null
  if (params.thinkingLevel != null)
    return invalid('thinkingLevel', 'the model of this session does not have xhigh')
  entry.thinkingLevel = 'high'
  return null
}
