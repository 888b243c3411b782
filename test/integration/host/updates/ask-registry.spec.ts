import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askNewest, askVersion } from '../../../../host/updates/ask-registry.ts'
import { goodGateway } from '../../../fixtures/npm-registry.ts'
import { npmHomes } from './npm-home.ts'

const home = npmHomes()
const signal = new AbortController().signal
const name = 'clawdbot'
const script = goodGateway('2026.1.24')

describe('the registry that the user’s .npmrc names', () => {
  it('tells the newest version of a channel, and why there is none', async () => {
    const { served, registry, left } = await home()
    await served.publish(
      name,
      [
        { version: '2026.1.24', script, unpackedSize: 12_345 },
        { version: '2026.1.25-beta.1', script },
      ],
      { latest: '2026.1.24', beta: '2026.1.25-beta.1' },
    )
    const told = await Promise.all([
      askNewest(registry, name, 'stable', signal),
      askNewest(registry, name, 'beta', signal),
      askVersion(registry, name, '2026.1.9', signal),
      askNewest(registry, 'clawdbott', 'stable', signal),
    ])
    expect(told).toMatchObject([
      { announced: { version: '2026.1.24', bytes: 12_345, publishedAt: Date.UTC(2026, 10, 20, 10) } },
      { announced: { version: '2026.1.25-beta.1' } },
      { code: 'GATEWAY_VERSION_UNKNOWN', params: { name, version: '2026.1.9' } },
      { code: 'GATEWAY_PACKAGE_UNKNOWN', params: { registry: served.url.slice(0, -1) } },
    ])
    expect(left()).toEqual([])
  })

  it.each([
    ['stalls', 'stalled', { askLimitMs: 800 }, 'REGISTRY_UNREACHABLE', 'it took too long'],
    ['never ends', 'endless', { maxMemoryBytes: 256 * 1024 * 1024 }, 'REGISTRY_INVALID', 'memory'],
    ['is the page of a hotel’s network', 'garbage', {}, 'REGISTRY_INVALID', 'JSON'],
  ] as const)('is given up when its answer %s', async (_, answers, figures, code, detail) => {
    const { served, registry, left } = await home(figures)
    await served.publish(name, [{ version: '2026.1.24', script }])
    served.answers = answers
    const told = await askNewest(registry, name, 'stable', signal)
    expect(told).toMatchObject({ ok: false, code, params: { detail: expect.stringContaining(detail) } })
    expect(left()).toEqual([])
  })

  it('is named, without its password, when nobody answers there', async () => {
    const { folder, registry } = await home()
    writeFileSync(join(folder, '.npmrc'), 'registry=http://me:c4nary@127.0.0.1:9/\n')
    const told = await askNewest(registry, name, 'stable', signal)
    expect(told).toMatchObject({ code: 'REGISTRY_UNREACHABLE', params: { registry: 'http://127.0.0.1:9' } })
    expect(JSON.stringify(told)).not.toContain('c4nary')
  })
})
