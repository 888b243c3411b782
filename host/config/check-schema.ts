import type { core } from 'zod/mini'
import { configSchema, type MoltbotConfig } from './config-schema.ts'
import type { KeyPath } from './config-tree.ts'

export interface SchemaIssue {
  readonly key: KeyPath
  readonly detail: string
}

export type CheckedSchema =
  | { readonly ok: true; readonly config: MoltbotConfig; readonly unknownKeys: readonly SchemaIssue[] }
  | { readonly ok: false; readonly issues: readonly SchemaIssue[] }

/** Unknown keys are left out and told; anything else that does not fit is an issue. */
export function checkSchema(value: unknown): CheckedSchema {
  const first = configSchema.safeParse(value)
  if (first.success) return { ok: true, config: first.data, unknownKeys: [] }
  const issues: SchemaIssue[] = []
  const unknownKeys: SchemaIssue[] = []
  let known = value
  for (const issue of first.error.issues) {
    const key = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    if (issue.code !== 'unrecognized_keys') {
      issues.push({ key, detail: expectation(issue) })
      continue
    }
    for (const name of issue.keys) {
      unknownKeys.push({ key: [...key, name], detail: 'is not a known key, so it has no effect' })
    }
    known = without(known, key, issue.keys)
  }
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, config: configSchema.parse(known), unknownKeys }
}

/** What of `value` fits, for a gateway whose own schema may be another: whatever does not is left out. */
export function fittingConfig(value: unknown): MoltbotConfig {
  let fitting = value
  // A key left out may uncover another that does not fit.
  for (let round = 0; round < fittingRounds; round += 1) {
    const parsed = configSchema.safeParse(fitting)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) {
      const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
      if (issue.code === 'unrecognized_keys') fitting = without(fitting, path, issue.keys)
      else fitting = without(fitting, path.slice(0, -1), path.slice(-1).map(String))
    }
  }
  return {}
}

const fittingRounds = 8

/** Says what is expected, never what was found: the value may be a secret. */
function expectation(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`
    case 'too_big':
      return `must be at most ${issue.maximum}`
    case 'custom': // the schema's only refinement
      return 'must be a regular expression'
    default:
      return 'has a value that is not allowed here'
  }
}

const typeNames: Partial<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** A copy of `value` without the keys `names` of the object at `path`; one copy, however many names. */
function without(value: unknown, [step, ...rest]: KeyPath, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string | number, unknown> = { ...value }
  if (step === undefined) for (const name of names) delete copy[name]
  else copy[step] = without(copy[step], rest, names)
  return copy
}
