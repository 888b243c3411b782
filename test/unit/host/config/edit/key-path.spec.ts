import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, type KeyStep, parseKey, writeKey } from '../../../../../host/config/edit/key-path.ts'

describe('a key as it is written', () => {
  it.each<[string, KeyStep[]]>([
    ['gateway.port', ['gateway', 'port']],
    [' logging ', ['logging']],
    ['agents.list[0].id', ['agents', 'list', 0, 'id']],
    ['agents.list.0.id', ['agents', 'list', '0', 'id']],
    ['dns[]', ['dns', append]],
    ['channels["a.b"].enabled', ['channels', 'a.b', 'enabled']],
    ["channels['a\"b'][1]", ['channels', 'a"b', 1]],
    ['["\\u0061"]', ['a']],
    ['channels.whatsapp.groups.12-34@g', ['channels', 'whatsapp', 'groups', '12-34@g']],
  ])('%s', (written, steps) => {
    expect(parseKey(written)).toEqual({ ok: true, steps })
  })

  it.each([
    '',
    '.',
    '.a',
    'a.',
    'a..b',
    'a b',
    'a[',
    'a]',
    'a[x]',
    'a[-1]',
    'a"b',
    'a["x]',
    'a[0]b',
    'a'.repeat(1001),
  ])('is none: %j', (written) => {
    expect(parseKey(written)).toMatchObject({ ok: false })
  })

  it('is read as it was written, whatever the names', () => {
    const step = fc.oneof(fc.string({ unit: 'binary' }), fc.nat(999_999), fc.constant(append))
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        fc.pre(writeKey(steps).length <= 1000 && writeKey(steps).trim() === writeKey(steps))
        expect(parseKey(writeKey(steps))).toEqual({ ok: true, steps })
      }),
    )
  })
})
