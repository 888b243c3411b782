import * as z from 'zod/mini'
import { configSchema } from '../../../host/config/config-schema.ts'

type Branch = z.core.JSONSchema.BaseSchema | boolean

const deepest = 6

/** Every key that the schema of the configuration names, as `gateway.auth.token`; sorted. */
export function configKeys(): string[] {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })
  return [...new Set(keysOf(schema, []))].sort()
}

function keysOf(branch: Branch, above: readonly string[]): string[] {
  if (typeof branch === 'boolean' || above.length > deepest) return []
  const members = Object.entries(branch.properties ?? {}).filter(([name]) => /^[\w-]+$/.test(name))
  const below = members.flatMap(([name, member]) => {
    const at = [...above, name]
    return [at.join('.'), ...keysOf(member, at)]
  })
  const others = [...(branch.anyOf ?? []), ...(branch.allOf ?? []), ...(branch.oneOf ?? [])]
  return [...below, ...others.flatMap((other) => keysOf(other, above))]
}
