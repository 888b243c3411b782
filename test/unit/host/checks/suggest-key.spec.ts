import { describe, expect, it } from 'vitest'
import { isSecretKey } from '../../../../host/checks/secret-key.ts'
import { suggestKey } from '../../../../host/config/schema/suggest-key.ts'

describe('the key that was probably meant', () => {
  it.each([
    ['gateway.prot', 'gateway.port'],
    ['gateway.Port', 'gateway.port'],
    ['gateway.token', 'gateway.auth.token'],
    ['gateway.auth.tokens', 'gateway.auth.token'],
    ['gateway.controlUi.enable', 'gateway.controlUi.enabled'],
    ['logging.redactSensitiv', 'logging.redactSensitive'],
    ['logging.consolestyle', 'logging.consoleStyle'],
    ['gateway.somethingElse', null],
    ['gateway.x', null],
    ['gateway.port.deeper', null],
  ])('for %s is %s', (unknown, known) => {
    expect(suggestKey(unknown)).toBe(known)
  })
})

describe('a key that holds a secret', () => {
  it.each([
    ['botToken', true],
    ['api_key', true],
    ['apiKey', true],
    ['CLAWDBOT_GATEWAY_PASSWORD', true],
    ['clientSecret', true],
    ['maxTokens', false],
    ['contextTokens', false],
    ['tokenizer', false],
    ['passwordless', false],
    ['port', false],
  ])('%s: %s', (name, isOne) => {
    expect(isSecretKey(name)).toBe(isOne)
  })
})
