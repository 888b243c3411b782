import type { core, ZodMiniType } from 'zod/mini'
import { dottedKey, type KeyPath } from '../config-tree.ts'
import { valueAt } from '../edit/value-at.ts'
import { nearestName } from './nearest-name.ts'
import { suggestKey } from './suggest-key.ts'
import { unknownKeyDetail } from './unknown-key.ts'
import { rangeOf, type Shaped, schemasAt } from './walk-schema.ts'

/** One thing that does not fit; `detail` says what is expected, never what was found: that may be a secret. */
export interface SchemaIssue {
  readonly key: KeyPath
  readonly detail: string
  /** A key, dotted, or a value that the schema knows. */
  readonly suggestion?: string
}

export interface ExplainedIssues {
  readonly issues: readonly SchemaIssue[]
  readonly unknownKeys: readonly SchemaIssue[]
}

/** Nobody is told of more; to look for the meaning of each takes its time. */
const suggestedAtMost = 50

/** Puts the issues of one section into words. Loaded only where there is one. */
export function explainIssues(
  section: string,
  schema: ZodMiniType,
  value: unknown,
  found: readonly core.$ZodIssue[],
): ExplainedIssues {
  const issues: SchemaIssue[] = []
  const unknownKeys: SchemaIssue[] = []
  for (const issue of found.flatMap(mostFitting)) {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    const key = [section, ...path]
    if (issue.code === 'unrecognized_keys') {
      for (const name of issue.keys) {
        const isTold = unknownKeys.length < suggestedAtMost
        unknownKeys.push(
          isTold ? unknownKey([...key, name]) : { key: [...key, name], detail: unknownKeyDetail },
        )
      }
    } else {
      const [kind] = schemasAt(schema, path)
      issues.push({ key, ...expectation(issue, kind, valueAt(value, path)) })
    }
  }
  return { issues, unknownKeys }
}

/** One that no schema has, with the key that was probably meant. */
export function unknownKey(key: KeyPath): SchemaIssue {
  const detail = unknownKeyDetail
  const suggestion = suggestKey(dottedKey(key))
  return suggestion === null ? { key, detail } : { key, detail, suggestion }
}

/** Of a value that may be of several kinds, the issues of the kind that it is. */
function mostFitting(issue: core.$ZodIssue): core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const kind = issue.errors.find((errors) =>
    errors.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  )
  return kind ? kind.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue]
}

type Expectation = Omit<SchemaIssue, 'key'>

function expectation(issue: core.$ZodIssue, kind: Shaped | undefined, value: unknown): Expectation {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return { detail: `is missing; it must be ${typeText(issue.expected, kind)}` }
      return { detail: `must be ${typeText(issue.expected, kind)}${quoteHint(issue.expected, value)}` }
    case 'invalid_value': {
      const allowed = issue.values.map(String)
      const detail = `must be ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`
      const suggestion = typeof value === 'string' ? nearestValue(value, allowed) : null
      return suggestion === null ? { detail } : { detail, suggestion }
    }
    case 'too_small':
    case 'too_big':
      if (issue.origin === 'string') return { detail: 'must not be empty' }
      return { detail: `must be${rangeText(kind) || ' another number'}` }
    case 'invalid_union':
      return { detail: `must be ${kindsText(issue)}` }
    case 'custom':
    case 'invalid_format':
      return { detail: issue.message }
    default:
      return { detail: 'has a value that is not allowed here' }
  }
}

const typeNames: Partial<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function typeText(expected: string, kind: Shaped | undefined): string {
  const isNumber = expected === 'number' || expected === 'int'
  const isWhole = isNumber && (expected === 'int' || (kind && rangeOf(kind).isWhole))
  return (typeNames[isWhole ? 'int' : expected] ?? expected) + (isNumber ? rangeText(kind) : '')
}

/** ` from 1 to 65535`; empty where there are no limits. */
function rangeText(kind: Shaped | undefined): string {
  if (!kind) return ''
  const { least, most, isLeastOut } = rangeOf(kind)
  if (least !== null && most !== null) return ` from ${least} to ${most}`
  if (least !== null) return isLeastOut ? ` more than ${least}` : ` at least ${least}`
  return most === null ? '' : ` at most ${most}`
}

function quoteHint(expected: string, value: unknown): string {
  if (typeof value !== 'string') return expected === 'string' ? ', in quotes' : ''
  const isPlain = expected === 'boolean' ? /^(?:true|false)$/ : /^-?\d+(?:\.\d+)?$/
  return ['boolean', 'number', 'int'].includes(expected) && isPlain.test(value) ? ', without quotes' : ''
}

function kindsText(issue: core.$ZodIssueInvalidUnion): string {
  const kinds = issue.errors.flatMap((errors) =>
    errors.flatMap((inner) => {
      if (inner.path.length > 0) return []
      if (inner.code === 'invalid_type') return [typeNames[inner.expected] ?? inner.expected]
      return inner.code === 'invalid_value' ? inner.values.map(String) : []
    }),
  )
  return [...new Set(kinds)].join(', or ') || 'another value'
}

/** What people write who have other programs in mind. */
const synonyms: Readonly<Record<string, string>> = {
  '0.0.0.0': 'lan',
  '*': 'lan',
  any: 'lan',
  public: 'lan',
  '127.0.0.1': 'loopback',
  localhost: 'loopback',
  local: 'loopback',
  tailscale: 'tailnet',
  warning: 'warn',
  verbose: 'debug',
  critical: 'fatal',
  none: 'off',
  oldest: 'old',
  newest: 'new',
}

function nearestValue(written: string, allowed: readonly string[]): string | null {
  const known = Object.hasOwn(synonyms, written.toLowerCase()) ? synonyms[written.toLowerCase()] : undefined
  if (known && allowed.includes(known)) return known
  return nearestName(written, allowed)
}
