import { configSchema } from '../config-schema.ts'
import { movedKey } from './moved-keys.ts'
import { nearestName } from './nearest-name.ts'
import { namesAt } from './walk-schema.ts'

/** The known key that was probably meant; null where none is near. Both dotted, as `gateway.auth.token`. */
export function suggestKey(unknown: string): string | null {
  const known = movedKey(unknown)
  if (known) return known
  const parts = unknown.split('.')
  const last = parts.pop() ?? ''
  // `agents.list[0]` is a member and an item of it.
  const steps = parts.flatMap((part) => part.split(/\[(\d+)\]/).filter((step) => step !== ''))
  const name = nearestName(last, namesAt(configSchema, steps))
  return name ? [...parts, name].join('.') : null
}
