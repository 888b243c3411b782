import { expect, it } from 'vitest'
import { isSensitiveKey } from '../../../../../host/config/schema/sensitive-keys.ts'

it.each([
  ['gateway.auth.token', true],
  ['gateway.auth.password', true],
  ['gateway.remote.token', true],
  ['channels.telegram.botToken', true],
  ['channels.telegram.accounts.a.botToken', true],
  ['channels.slack.appToken', true],
  ['channels.slack.signingSecret', true],
  ['channels.msteams.appPassword', true],
  ['models.providers.openai.apiKey', true],
  ['models.providers.openai.headers.Authorization', true],
  ['skills.entries.x.env.ANYTHING', true],
  ['env.ANYTHING', true],
  ['env.vars.ANYTHING', true],
  ['agents.defaults.sandbox.docker.env.X', true],
  ['hooks.token', true],
  ['tools.web.search.apiKey', true],
  ['talk.apiKey', true],
  ['env.shellEnv.enabled', false],
  ['env.vars', false],
  ['gateway.port', false],
  ['gateway.auth.mode', false],
  ['agents.defaults.contextTokens', false],
  ['models.providers.openai.models.maxTokens', false],
  ['agents.defaults.compaction.reserveTokensFloor', false],
  ['channels.telegram.tokenFile', false],
  ['channels.whatsapp.selfChatMode', false],
  ['logging.level', false],
])('%s holds a secret: %s', (key, isOne) => {
  expect(isSensitiveKey(key.split('.'))).toBe(isOne)
})
