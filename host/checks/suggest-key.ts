import { configSchema } from '../config/config-schema.ts'

/** Keys that other versions, or people, put elsewhere. */
const moved: Readonly<Record<string, string>> = {
  'gateway.token': 'gateway.auth.token',
  'gateway.password': 'gateway.auth.password',
  'gateway.host': 'gateway.bind',
  'logging.path': 'logging.file',
  'logging.redact': 'logging.redactSensitive',
}

/** The known key that was probably meant; null where none is near. Both dotted, as `gateway.auth.token`. */
export function suggestKey(unknown: string): string | null {
  const known = moved[unknown]
  if (known) return known
  const parts = unknown.split('.')
  const last = parts.pop() ?? ''
  const names = namesAt(parts)
  let best: { readonly name: string; readonly steps: number } | null = null
  for (const name of names) {
    const steps = stepsBetween(last.toLowerCase(), name.toLowerCase())
    if (steps <= Math.max(1, Math.floor(name.length / 3)) && (!best || steps < best.steps))
      best = { name, steps }
  }
  return best ? [...parts, best.name].join('.') : null
}

interface Shaped {
  readonly def: { readonly innerType?: Shaped; readonly shape?: Readonly<Record<string, Shaped>> }
}

function namesAt(path: readonly string[]): string[] {
  let schema: Shaped | undefined = configSchema as unknown as Shaped
  for (const step of [...path, '']) {
    while (schema?.def.innerType) schema = schema.def.innerType
    const shape: Readonly<Record<string, Shaped>> | undefined = schema?.def.shape
    if (!shape) return []
    if (step === '') return Object.keys(shape)
    schema = shape[step]
  }
  return []
}

/** Letters that have to be put in, taken out or changed; two that changed places are one step. */
function stepsBetween(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[other.length] ?? 0
}
