import { describe, expect, it } from 'vitest'
import { keysOf, partAt, typeOf } from '../../../../../gateway/cli/config/schema-part.ts'
import { jsonSchemaOf } from '../../../../../host/config/schema/json-schema.ts'

describe('the schema, key by key', async () => {
  const schema = await jsonSchemaOf()

  it.each([
    ['gateway.port', 'whole number from 1 to 65535'],
    ['logging.redactSensitive', '"off", "tools"'],
    ['messages.queue.cap', 'whole number from 1'],
    ['channels.whatsapp.allowFrom', 'list of text'],
    ['channels.whatsapp.allowFrom.0', 'text'],
    ['agents.list.0.id', 'text'],
    ['agents.defaults.sandbox.docker.env.NAME', 'text'],
    ['gateway.auth', 'object'],
    ['tools.exec', 'anything'],
  ])('%s is %s', (key, type) => {
    const part = partAt(schema, key.split('.'))
    expect(part && typeOf(part)).toBe(type)
  })

  it.each(['gateway.prot', 'gateway.port.x', 'nothing', 'toString', 'logging.__proto__'])(
    'has no %s',
    (key) => {
      expect(partAt(schema, key.split('.'))).toBe(null)
    },
  )

  it('names what is inside', () => {
    const part = partAt(schema, ['messages', 'queue'])
    expect(part && keysOf(part).map(([name]) => name)).toEqual(
      expect.arrayContaining(['mode', 'debounceMs', 'cap', 'drop', 'byChannel']),
    )
  })
})
