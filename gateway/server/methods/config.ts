import * as z from 'zod/mini'
import type { ChangeOutcome, WriteRequest } from '../../../host/config/edit/change-config.ts'
import { lookAtConfig } from '../../../host/config/edit/config-state.ts'
import { editConfig } from '../../../host/config/edit/edit-config.ts'
import { plainValue } from '../../../host/config/edit/plain-value.ts'
import { replaceConfig } from '../../../host/config/edit/replace-config.ts'
import { parseSource } from '../../../host/config/parse-source.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { noParamsSchema } from '../../../shared/protocol/methods.ts'
import { version } from '../../../shared/version.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { defineMethod, found, type Method, type MethodOutcome, type Refusal } from '../method.ts'
import type { MethodServices } from '../method-services.ts'
import { patchEdits } from './config-merge-patch.ts'
import { putBackInText } from './config-put-back.ts'
import { secretsOf } from './config-redact.ts'
import { guardIncludes, guardRemoteKeys } from './config-remote-keys.ts'
import { type RestartWishes, restartFor, restartShape } from './config-restart.ts'
import { issueOf, snapshotOf } from './config-snapshot.ts'

type Services = Pick<MethodServices, 'config' | 'configPath' | 'stateDir' | 'env' | 'restart'>
type ConfigMethods = Readonly<Record<'get' | 'schema' | 'set' | 'patch' | 'apply', Method['answer']>>

const change = {
  raw: z.string().check(z.minLength(1)),
  baseHash: z.optional(z.string().check(z.minLength(1))),
  /** More than half of the keys may go. */
  force: z.optional(z.boolean()),
}
const setSchema = z.strictObject(change)
const applySchema = z.strictObject({ ...change, ...restartShape })

/** Reads and changes the configuration over the protocol; see `config-remote-keys.ts` for what may be changed. */
export function configMethods(services: Services): ConfigMethods {
  const { configPath, stateDir, env } = services
  const place = { paths: { configPath, stateDir, envFilePath: `${stateDir}/.env` }, env }

  async function get(): Promise<MethodOutcome> {
    const state = await lookAtConfig(place)
    return state.ok ? found(await snapshotOf(configPath, state)) : refused(state)
  }

  async function schema(): Promise<MethodOutcome> {
    const [{ jsonSchemaOf }, { hints }] = await Promise.all([
      import('../../../host/config/schema/json-schema.ts'),
      import('../../../host/config/schema/hints.ts'),
    ])
    const generatedAt = new Date().toISOString()
    return found({ schema: jsonSchemaOf(), uiHints: hints, version, generatedAt })
  }

  /** The request with the hash the file must have; refused where there is one and the caller knows none of it. */
  async function requestFor(baseHash: string | undefined): Promise<WriteRequest | Refusal> {
    const state = await lookAtConfig(place)
    if (!state.ok) return refused(state)
    if (state.text === null) return place
    if (baseHash === undefined) return stale('the hash of the configuration is required as baseHash')
    return { ...place, baseHash }
  }

  async function write(raw: string, baseHash: string | undefined, isForced: boolean) {
    const request = await requestFor(baseHash)
    if ('ok' in request) return request
    return replaceConfig(request, {
      isForced,
      judge: guardRemoteKeys,
      textFor(state) {
        const parsed = parseSource({ path: configPath, text: raw })
        if (!parsed.ok) return parsed
        const present = parseSource({ path: configPath, text: state.text ?? '' })
        const refusal = guardIncludes(present.ok ? plainValue(present.root) : {}, plainValue(parsed.root))
        if (refusal) return { ok: false, ...refusal }
        const written = state.tree.ok ? plainValue(state.tree.root) : undefined
        const put = putBackInText(raw, { text: state.text, written, secrets: secretsOf(state) })
        return put.ok ? { ok: true, text: put.value } : put
      },
    })
  }

  async function patchWith(raw: string, baseHash: string | undefined) {
    const request = await requestFor(baseHash)
    if ('ok' in request) return request
    const parsed = parseSource({ path: configPath, text: raw })
    if (!parsed.ok) return parsed
    const patch = parsed.root.kind === 'object' ? plainValue(parsed.root) : null
    if (!isObject(patch)) return notValid('raw must be an object')
    const state = await lookAtConfig(place)
    if (!state.ok) return refused(state)
    if (!state.tree.ok) return state.tree
    const edits = patchEdits(patch, plainValue(state.tree.root))
    if (!edits.ok) return edits
    return editConfig(request, edits.value, { judge: guardRemoteKeys })
  }

  /** What every change answers. */
  async function answered(outcome: Outcome): Promise<Record<string, unknown> | Refusal> {
    if (!outcome.ok) return 'details' in outcome ? outcome : refused(outcome)
    const state = await lookAtConfig(place)
    const config = state.ok ? (await snapshotOf(configPath, state)).config : {}
    return { ok: true, path: configPath, config }
  }

  async function applied(
    mode: 'config.patch' | 'config.apply',
    outcome: Outcome,
    wishes: RestartWishes,
  ): Promise<MethodOutcome> {
    const answer = await answered(outcome)
    if (isRefusal(answer)) return answer
    if (!outcome.ok || !('after' in outcome) || !outcome.after.ok) return found(answer)
    return found({ ...answer, ...(await restartFor(services, mode, outcome.after, wishes)) })
  }

  return {
    get: defineMethod('operator.read', noParamsSchema, get).answer,
    schema: defineMethod('operator.read', noParamsSchema, schema).answer,
    set: defineMethod('operator.admin', setSchema, async ({ raw, baseHash, force = false }) => {
      const answer = await answered(await write(raw, baseHash, force))
      return isRefusal(answer) ? answer : found(answer)
    }).answer,
    patch: defineMethod('operator.admin', applySchema, async ({ raw, baseHash, ...wishes }) =>
      applied('config.patch', await patchWith(raw, baseHash), wishes),
    ).answer,
    apply: defineMethod('operator.admin', applySchema, async ({ raw, baseHash, force = false, ...wishes }) =>
      applied('config.apply', await write(raw, baseHash, force), wishes),
    ).answer,
  }
}

type Outcome = ChangeOutcome | Refusal | ({ readonly ok: false } & Problem)

function isRefusal(answer: Record<string, unknown> | Refusal): answer is Refusal {
  return answer.ok === false
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stale(detail: string): Refusal {
  const message = `The configuration was not changed: ${detail}; call config.get again and retry`
  return { ok: false, code: 'INVALID_REQUEST', message, details: { reason: 'config_changed' } }
}

function notValid(detail: string): Refusal {
  const details = { reason: 'invalid_params', path: 'raw' } as const
  return { ok: false, code: 'INVALID_REQUEST', message: `The parameters are not valid: ${detail}`, details }
}

/** A problem of the configuration as an answer; its words for a person, its code and places for a program. */
function refused(outcome: { readonly ok: false; readonly others?: readonly Problem[] } & Problem): Refusal {
  const first = problem(outcome.code, outcome.params)
  const { what, why, remedy } = describeProblem('en', first)
  const message = `${what} ${why} ${remedy}`.replaceAll('`', '')
  const issues = [first, ...(outcome.others ?? [])].map(issueOf)
  switch (first.code) {
    case 'CONFIG_CHANGED_MEANWHILE':
      return stale('it has changed since it was read')
    case 'CONFIG_NOT_WRITTEN':
    case 'STATE_DIR_NOT_WRITABLE':
    case 'CONFIG_UNREADABLE':
      return { ok: false, code: 'UNAVAILABLE', message, details: { reason: 'config_not_written' } }
    case 'CONFIG_SYNTAX':
    case 'CONFIG_INVALID':
    case 'CONFIG_CHANGE_INVALID':
      return { ok: false, code: 'INVALID_REQUEST', message, details: { reason: 'config_invalid', issues } }
    default: {
      const path = 'key' in first.params ? String(first.params.key) : ''
      return { ok: false, code: 'INVALID_REQUEST', message, details: { reason: 'config_refused', path } }
    }
  }
}
