import { describe, expect, it } from 'vitest'
import { referencedSecrets } from '../../../../host/config/secret-references.ts'
import { withSecretNames, withSecrets } from '../../../../host/config/with-secrets.ts'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()

describe('which secrets a configuration refers to', () => {
  it('are named with their keys, through includes and lists, but not where the dollar is doubled', async () => {
    const { paths } = folder({
      'moltbot.json': `{
        gateway: { auth: { token: "\${CLAWDBOT_GATEWAY_TOKEN}" } },
        models: { $include: "models.json5" },
        hooks: ["x", "Bearer \${HOOK} and \${HOOK}"],
        note: "$\${NOT_ONE} \${lower}",
      }`,
      'models.json5': `{ anthropic: { key: "\${ANTHROPIC_API_KEY}" } }`,
    })
    expect([...(await referencedSecrets(paths))].sort()).toEqual([
      ['ANTHROPIC_API_KEY', ['models.anthropic.key']],
      ['CLAWDBOT_GATEWAY_TOKEN', ['gateway.auth.token']],
      ['HOOK', ['hooks[1]']],
    ])
  })

  it('are none where there is no configuration, or it cannot be read', async () => {
    expect((await referencedSecrets(folder().paths)).size).toBe(0)
    expect((await referencedSecrets(folder({ 'moltbot.json': '{ a: ' }).paths)).size).toBe(0)
  })
})

describe('the values that a configuration sees', () => {
  const config = { 'moltbot.json': `{ gateway: { auth: { token: "\${CLAWDBOT_GATEWAY_TOKEN}" } } }` }
  const token = async (outcome: Awaited<ReturnType<ReturnType<typeof folder>['load']>>) =>
    outcome.ok ? outcome.token?.value : outcome.code

  it('are the environment’s, then the store’s, then those of .env', async () => {
    const { load } = folder({ ...config, '.env': 'CLAWDBOT_GATEWAY_TOKEN=from-the-file' })
    const stored = { CLAWDBOT_GATEWAY_TOKEN: 'from-the-store' }
    expect(await token(await load())).toBe('from-the-file')
    expect(await token(await load(withSecrets({}, stored)))).toBe('from-the-store')
    const env = { CLAWDBOT_GATEWAY_TOKEN: 'from-outside' }
    expect(await token(await load(withSecrets(env, stored)))).toBe('from-outside')
    expect(await token(await load(withSecrets({ CLAWDBOT_GATEWAY_TOKEN: '' }, stored)))).toBe(
      'from-the-store',
    )
  })

  it('need not be known to judge the rest', async () => {
    const { load } = folder(config)
    expect((await load()).ok).toBe(false)
    expect((await load(withSecretNames({}, ['CLAWDBOT_GATEWAY_TOKEN']))).ok).toBe(true)
  })
})
