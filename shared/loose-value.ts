/** What may be read of a value that no schema has checked: what does not fit is as if it were not there. */
export type LooseFields = Readonly<Record<string, unknown>>

/** The own fields of an object; none where it is anything else. */
export function fieldsOf(value: unknown): LooseFields {
  return isFields(value) ? value : {}
}

export function isFields(value: unknown): value is LooseFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Trimmed; undefined where it is no text, or an empty one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
