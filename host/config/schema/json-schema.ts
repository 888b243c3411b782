import { toJSONSchema } from 'zod/mini'
import { configSchema } from '../config-schema.ts'

/**
 * The JSON schema (draft 2020-12) of the whole configuration, as a file may say it. Whoever asks for it loads this
 * file at that moment; zod itself is imported by name, because one that is imported as a whole at run time comes
 * into every start with all its languages.
 */
export function jsonSchemaOf(): Record<string, unknown> {
  const schema = toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })
  return { ...schema, title: 'moltbot.json' }
}
