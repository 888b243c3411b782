import type { KeyPath } from '../../../host/config/config-tree.ts'

/** The part of JSON Schema that a configuration's schema is made of. */
export interface SchemaPart {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SchemaPart>>
  readonly additionalProperties?: boolean | SchemaPart
  readonly items?: SchemaPart
  readonly anyOf?: readonly SchemaPart[]
  readonly oneOf?: readonly SchemaPart[]
  readonly allOf?: readonly SchemaPart[]
}

/** What may stand at `path`; null where nothing may. A part that takes anything takes any key. */
export function partAt(root: SchemaPart, path: KeyPath): SchemaPart | null {
  const [step, ...rest] = path
  if (step === undefined) return root
  for (const option of optionsOf(root)) {
    const next = childOf(option, step)
    const found = next && partAt(next, rest)
    if (found) return found
  }
  return null
}

function childOf(part: SchemaPart, step: string | number): SchemaPart | null {
  if (takesAnything(part)) return part
  const isIndex = typeof step === 'number' || /^\d+$/.test(step)
  if (isIndex && part.items) return part.items
  const { properties = {}, additionalProperties } = part
  const named = Object.hasOwn(properties, step) ? properties[step] : undefined
  if (named) return named
  return typeof additionalProperties === 'object' ? additionalProperties : null
}

function takesAnything({ type, enum: values, const: value, anyOf, oneOf, allOf }: SchemaPart): boolean {
  return [type, values, value, anyOf, oneOf, allOf].every((limit) => limit === undefined)
}

/** The part itself, or each of those that it may be. */
function optionsOf(part: SchemaPart): readonly SchemaPart[] {
  const options = [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.allOf ?? [])]
  return options.length === 0 ? [part] : [part, ...options.flatMap(optionsOf)]
}

/** The names it has, each with what may stand there; those of a list's items, where it is one. */
export function keysOf(part: SchemaPart): readonly (readonly [name: string, part: SchemaPart])[] {
  const found = new Map<string, SchemaPart>()
  for (const option of optionsOf(part)) {
    for (const [name, inner] of Object.entries(option.properties ?? {})) found.set(name, inner)
    if (option.items) for (const [name, inner] of keysOf(option.items)) found.set(`[].${name}`, inner)
  }
  return [...found]
}

/** `"off" or "tools"`, `whole number from 1 to 65535`, `object`. */
export function typeOf(part: SchemaPart): string {
  const options = [...(part.anyOf ?? []), ...(part.oneOf ?? [])]
  if (options.length > 0) return [...new Set(options.map(typeOf))].join(' or ')
  if (part.enum) return part.enum.map((value) => JSON.stringify(value)).join(', ')
  if (part.const !== undefined) return JSON.stringify(part.const)
  if (part.items) return `list of ${typeOf(part.items)}`
  const named = [part.type ?? 'anything'].flat().map((type) => words[type] ?? type)
  return `${named.join(' or ')}${rangeOf(part)}${part.default === undefined ? '' : `, default ${JSON.stringify(part.default)}`}`
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
}

/** Bounds of the number format itself say nothing. */
function rangeOf({ minimum, maximum }: SchemaPart): string {
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}` : ''
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : ''
  return least + most
}
