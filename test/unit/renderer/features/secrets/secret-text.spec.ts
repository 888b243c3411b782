import { describe, expect, it } from 'vitest'
import { nameFlaw, valueFlaw } from '../../../../../host/secrets/secret-rules.ts'
import { missingSecrets, presentSecrets } from '../../../../../renderer/features/secrets/secret-parts.ts'
import { asName, asValue, isName, valueFault } from '../../../../../renderer/features/secrets/secret-text.ts'
import { aSecret } from '../../../../fixtures/scripted-secrets.ts'

describe('what is typed as a secret', () => {
  it.each([
    ['anthropic api key', 'ANTHROPIC_API_KEY'],
    ['my-token', 'MY_TOKEN'],
    ['A_1', 'A_1'],
  ])('the name %j becomes %j', (typed, name) => expect(asName(typed)).toBe(name))

  it.each([
    ['sk-1\n', 'sk-1'],
    ['sk-1\r\n\r\n', 'sk-1'],
    ['sk-1', 'sk-1'],
    ['a\r\nb\r\n', 'a\nb\n'],
    ['a\n\nb', 'a\n\nb'],
    [' spaced ', ' spaced '],
  ])('the value %j is sent as %j', (pasted, value) => expect(asValue(pasted)).toBe(value))

  it.each([
    'x'.repeat(7),
    'x'.repeat(8),
    '密钥',
    '密钥值',
    '🔑🔑',
    'x'.repeat(16 * 1024),
    'x'.repeat(16 * 1024 + 1),
    '密'.repeat(5_462),
    'tab\tand\nline',
    'nul\0nul\0',
    'bell\u0007bell',
    '\u009b31mred',
    'half \ud83d pair',
  ])('the page and the host agree on a value (%#)', (value) => {
    expect(valueFault(value) === null).toBe(valueFlaw('A_KEY', value) === null)
  })

  it.each(['A', '_A', '1A', 'a', 'A'.repeat(64), 'A'.repeat(65), 'A-B', 'A B', '', 'Ä', 'PATH=1'])(
    'the page and the host agree on the name %j',
    (name) => expect(isName(name)).toBe(nameFlaw(name) === null),
  )
})

it('what is missing stands apart from what is there', () => {
  const secrets = [aSecret('A'), aSecret('B', { source: 'nowhere' }), aSecret('C', { source: 'config' })]
  expect(missingSecrets({ secrets }).map(({ name }) => name)).toEqual(['B'])
  expect(presentSecrets({ secrets }).map(({ name }) => name)).toEqual(['A', 'C'])
})
