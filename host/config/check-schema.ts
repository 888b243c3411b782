import type { core, ZodMiniType } from 'zod/mini'
import type { MoltbotConfig } from './config-schema.ts'
import type { KeyPath } from './config-tree.ts'
import type { SchemaIssue } from './schema/explain-issues.ts'
import { mayBeLeftOut } from './schema/may-be-left-out.ts'
import { withRealNames } from './schema/real-names.ts'
import { foreignSections, sectionSchemas } from './schema/sections.ts'
import { unknownKeyDetail } from './schema/unknown-key.ts'
import { isNewerConfig } from './schema/written-by.ts'

export type CheckedSchema =
  | { readonly ok: true; readonly config: MoltbotConfig; readonly unknownKeys: readonly SchemaIssue[] }
  | { readonly ok: false; readonly issues: readonly SchemaIssue[] }

/** Nobody is told of more; to look for the meaning of each takes its time. */
const suggestedAtMost = 50

/**
 * Checks each section that `value` has. An unknown key is an issue, as in Moltbot, unless a newer Moltbot wrote the
 * file: then it is left out and told, so that one can go back to this gateway; so is a value of a kind that only
 * that one knows, where nothing is opened by its absence.
 */
export async function checkSchema(value: unknown): Promise<CheckedSchema> {
  if (!isObject(value)) return { ok: false, issues: [{ key: [], detail: 'must be an object' }] }
  const named = withRealNames(value)
  const issues: SchemaIssue[] = [...named.issues]
  const unknownKeys: SchemaIssue[] = []
  const config: Record<string, unknown> = {}
  const isNewer = isNewerConfig(value)
  for (const [name, section] of Object.entries(isObject(named.value) ? named.value : {})) {
    const checked = await checkSection(name, section, unknownKeys.length < suggestedAtMost)
    unknownKeys.push(...checked.unknownKeys)
    const isLeftOut = isNewer && checked.value !== undefined && checked.issues.every(mayBeLeftOut)
    const misfits = isLeftOut ? unknownKeys : issues
    misfits.push(...checked.issues)
    if (checked.isKnown) config[name] = checked.value
  }
  if (unknownKeys.length > 0 && !isNewer) issues.push(...unknownKeys)
  if (issues.length > 0) return { ok: false, issues }
  const told = unknownKeys.map((issue) => ({ ...issue, detail: `${issue.detail}, so it has no effect` }))
  // Each section went through the schema whose type it has here.
  return { ok: true, config: config as MoltbotConfig, unknownKeys: told }
}

interface CheckedSection {
  readonly isKnown: boolean
  readonly value: unknown
  readonly issues: readonly SchemaIssue[]
  readonly unknownKeys: readonly SchemaIssue[]
}

async function checkSection(name: string, section: unknown, isSuggested: boolean): Promise<CheckedSection> {
  const fine = { isKnown: true, value: section, issues: [], unknownKeys: [] }
  if (Object.hasOwn(foreignSections, name) || (name === '$schema' && typeof section === 'string')) return fine
  const schema = await schemaOf(name)
  if (!schema) {
    if (!isSuggested)
      return { ...fine, isKnown: false, unknownKeys: [{ key: [name], detail: unknownKeyDetail }] }
    const { unknownKey } = await import('./schema/explain-issues.ts')
    return { ...fine, isKnown: false, unknownKeys: [unknownKey([name])] }
  }
  const parsed = schema.safeParse(section)
  if (parsed.success) return { ...fine, value: parsed.data }
  const { explainIssues } = await import('./schema/explain-issues.ts')
  const explained = explainIssues(name, schema, section, parsed.error.issues)
  // Needed only where nothing else is wrong than what a newer Moltbot may have written.
  const value = explained.issues.every(mayBeLeftOut) ? withoutMisfits(schema, section) : undefined
  return { ...fine, value, ...explained }
}

/** What of `value` fits, for a gateway whose own schema may be another: whatever does not is left out. */
export async function fittingConfig(value: unknown): Promise<MoltbotConfig> {
  const named = withRealNames(value).value
  const config: Record<string, unknown> = {}
  for (const [name, section] of Object.entries(isObject(named) ? named : {})) {
    const schema = await schemaOf(name)
    const fitting = schema ? withoutMisfits(schema, section) : section
    if (fitting !== undefined && (schema || Object.hasOwn(foreignSections, name))) config[name] = fitting
  }
  return config as MoltbotConfig
}

async function schemaOf(name: string): Promise<ZodMiniType | null> {
  const load = Object.hasOwn(sectionSchemas, name) ? sectionSchemas[name] : undefined
  return load ? load() : null
}

const fittingRounds = 8
/** No section of a person has more; each takes a copy. */
const mostMisfits = 500

/** `value` without what its schema refuses; undefined where nothing is left. */
function withoutMisfits(schema: ZodMiniType, value: unknown): unknown {
  let fitting = value
  // A key left out may uncover another that does not fit.
  for (let round = 0; round < fittingRounds; round += 1) {
    const parsed = schema.safeParse(fitting)
    if (parsed.success) return parsed.data
    const { issues } = parsed.error
    if (issues.length > mostMisfits) return undefined
    // From the last one on: what is taken out of a list moves those behind it.
    for (const issue of issues.toReversed()) fitting = withoutMisfit(fitting, issue)
  }
  return undefined
}

function withoutMisfit(value: unknown, issue: core.$ZodIssue): unknown {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  if (issue.code === 'unrecognized_keys') return without(value, path, issue.keys)
  return path.length > 0 ? without(value, path.slice(0, -1), path.slice(-1).map(String)) : undefined
}

/** A copy of `value` without the members or items `names` of what stands at `path`; one copy, however many names. */
function without(value: unknown, [step, ...rest]: KeyPath, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    if (step === undefined) return value.filter((_, at) => !names.includes(String(at)))
    return value.map((item, at) => (at === Number(step) ? without(item, rest, names) : item))
  }
  const copy: Record<string | number, unknown> = { ...value }
  if (step === undefined) for (const name of names) delete copy[name]
  else copy[step] = without(copy[step], rest, names)
  return copy
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
