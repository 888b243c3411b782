import { describe, expect, it } from 'vitest'
import { effectOf } from '../../../../../gateway/cli/config/say-change.ts'
import { editConfig } from '../../../../../host/config/edit/edit-config.ts'
import { stateFolders } from '../../../host/config/state-folder.ts'

describe('what a change is said to mean for a gateway that runs', () => {
  const stateFolder = stateFolders()

  it.each([
    ['{}', ['logging', 'level'], 'debug', 'takes it up at once'],
    ['{}', ['gateway', 'port'], 19_001, 'under a host it needs: moltbot service restart'],
    ['{}', ['gateway', 'mode'], 'local', 'nothing to do'],
    ['{}', ['meta', 'lastTouchedAt'], 'x', 'nothing to do'],
    [
      "{ gateway: { reload: { mode: 'off' } } }",
      ['logging', 'level'],
      'debug',
      'next start (gateway.reload.mode is off)',
    ],
    ["{ gateway: { reload: { mode: 'hot' } } }", ['gateway', 'port'], 19_001, 'mode is hot'],
    ["{ gateway: { reload: { mode: 'restart' } } }", ['logging', 'level'], 'debug', 'restarts by itself'],
    ["{ logging: { level: 'debug' } }", ['logging', 'level'], 'debug', ''],
    ['{ gateway: { bnd: 1 } }', ['gateway', 'bnd'], undefined, 'valid again'],
    ['{ gateway: { bnd: 1, prot: 2 } }', ['gateway', 'bnd'], undefined, 'still has problems'],
  ])('%s, %j: %s', async (text, key, value, words) => {
    const { paths } = stateFolder({ 'moltbot.json': text })
    const outcome = await editConfig({ paths, env: {} }, [{ key, value }])
    if (!outcome.ok) throw new Error(outcome.code)
    const effect = effectOf(outcome)
    if (words === '') expect(effect).toBe('')
    else expect(effect).toContain(words)
  })
})
