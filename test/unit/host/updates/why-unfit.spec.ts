import { describe, expect, it } from 'vitest'
import { type Announced, whyUnfit } from '../../../../host/updates/ask-registry.ts'
import { bundledNpm } from '../../../../host/updates/npm.ts'

const fit: Announced = {
  name: 'clawdbot',
  version: '2026.1.24-3',
  integrity: 'sha512-AAAA',
  hasCommand: true,
  needsNode: '>=22.12.0',
  publishedAt: null,
  bytes: null,
  notesUrl: null,
}
const why = (change: Partial<Announced>, node = '24.18.1') =>
  whyUnfit(bundledNpm() ?? '', { ...fit, ...change }, node)

describe('a version that the registry announces', () => {
  it('is taken where it can be a gateway that runs here', () => {
    expect(why({})).toBeNull()
    expect(why({ needsNode: '>=24.16.0 <25 || >=26.1.0' })).toBeNull()
    expect(why({ name: '@scope/gateway', version: '0.0.1' })).toBeNull()
  })

  it.each<[string, Partial<Announced>, string]>([
    ['has no command', { hasCommand: false }, 'GATEWAY_NOT_A_GATEWAY'],
    ['is a placeholder', { name: 'moltbot', version: '0.1.0' }, 'GATEWAY_NOT_A_GATEWAY'],
    ['does not say which Node it needs', { needsNode: null }, 'GATEWAY_NOT_A_GATEWAY'],
    ['needs another Node', { needsNode: '>=26.1.0' }, 'GATEWAY_NEEDS_NODE'],
    ['needs an older Node', { needsNode: '^22.12.0' }, 'GATEWAY_NEEDS_NODE'],
    ['has a range that is none', { needsNode: 'the newest' }, 'GATEWAY_NEEDS_NODE'],
    ['has no digest', { integrity: null }, 'GATEWAY_INTEGRITY'],
  ])('is refused where it %s', (_, change, code) => {
    expect(why(change)?.code).toBe(code)
  })
})
