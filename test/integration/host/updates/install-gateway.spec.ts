import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askVersion } from '../../../../host/updates/ask-registry.ts'
import { installGateway } from '../../../../host/updates/install-gateway.ts'
import type { UpdateFigures } from '../../../../host/updates/update-figures.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { childrenOf } from '../../../fixtures/kernel.ts'
import { goodGateway, type ServedVersion } from '../../../fixtures/npm-registry.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { npmHomes } from './npm-home.ts'
import { quietJob } from './registry-in.ts'

const home = npmHomes()
const name = 'clawdbot'
const version = '2026.2.1'
const signal = new AbortController().signal
type Home = Awaited<ReturnType<typeof home>>

async function announcedBy({ served }: Home, one: Partial<ServedVersion>) {
  await served.publish(name, [{ version, script: goodGateway(version), ...one }])
  return served.announced(name, version)
}

describe('what is installed', () => {
  it('lies beside the others under its exact version, without having run a script or left a trace', async () => {
    const at = await home()
    const touched = join(at.folder, 'touched')
    const announced = await announcedBy(at, {
      delivery: 'redirected',
      scripts: { postinstall: `touch ${touched}`, preinstall: `touch ${touched}` },
    })
    // As the host reads it, too: the other specs take it from the registry's mouth.
    expect(await askVersion(at.registry, name, version, signal)).toMatchObject({
      ok: true,
      announced: { ...announced, notesUrl: expect.any(String), publishedAt: expect.any(Number) },
    })
    const steps: string[] = []
    const installed = await installGateway(
      { ...at, announced },
      { ...quietJob(), at: ({ step }) => steps.push(step) },
    )
    expect(installed).toEqual({ ok: true, id: `${name}@${version}` })
    expect([...new Set(steps)]).toEqual(['installing', 'verifying'])
    expect(at.left()).toEqual([`${name}@${version}`])
    expect(existsSync(touched), 'a package’s script ran').toBe(false)
    expect(at.programs.installed).toMatchObject([
      { id: 'built-in' },
      { id: `${name}@${version}`, package: name },
    ])
    // The user's home has nothing new: no cache, no log of npm.
    expect(existsSync(join(at.folder, '.npm'))).toBe(false)

    const asks = at.served.requests.length
    expect(await installGateway({ ...at, announced }, quietJob())).toMatchObject({ ok: true })
    expect(at.served.requests.length, 'downloaded a second time').toBe(asks)
  })
})

/** Short only where it is waited for. */
const limitsFor: Record<string, Partial<UpdateFigures>> = {
  stalls: { stallMs: 1_500 },
}

describe('nothing is left of a version that', () => {
  it.each<[string, Partial<ServedVersion>, object]>([
    ['has other bytes than announced', { delivery: 'corrupt' }, { code: 'GATEWAY_INTEGRITY' }],
    ['never ends', { delivery: 'endless' }, { code: 'GATEWAY_INSTALL_TOO_LARGE' }],
    [
      'stalls',
      { delivery: 'stalled' },
      { code: 'GATEWAY_INSTALL_FAILED', params: { detail: 'nothing arrived for 2 s' } },
    ],
    ['leads in a circle', { delivery: 'redirectedForEver' }, { code: 'GATEWAY_INSTALL_FAILED' }],
    [
      'has no script where it says',
      { withoutScript: true },
      { code: 'GATEWAY_NOT_A_GATEWAY', params: { name, version, detail: 'ENOENT' } },
    ],
    [
      'says it is another one',
      { script: "console.log('2026.2.2')\n" },
      { code: 'GATEWAY_NOT_A_GATEWAY', params: { detail: 'asked for its version, it says “2026.2.2”' } },
    ],
    [
      'wants code from outside the registry',
      { dependencies: { helper: 'git+https://127.0.0.1:1/helper.git' } },
      { code: 'GATEWAY_INSTALL_FAILED' },
    ],
  ])('%s', async (what, one, expected) => {
    const at = await home(limitsFor[what])
    const announced = await announcedBy(at, one)
    expect(await installGateway({ ...at, announced }, quietJob())).toMatchObject({ ok: false, ...expected })
    expect(at.left()).toEqual([])
    expect(at.programs.installed).toHaveLength(1)
  })

  it('is exchanged between the announcement and the download', async () => {
    const at = await home()
    const announced = await announcedBy(at, {})
    const ran = join(at.folder, 'ran')
    const script = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(ran)}, '')\nconsole.log('${version}')\n`
    await at.served.publish(name, [{ version, script }])
    expect(await installGateway({ ...at, announced }, quietJob())).toMatchObject({
      code: 'GATEWAY_INTEGRITY',
      params: { detail: 'the archive is not the one that was announced' },
    })
    expect(at.left()).toEqual([])
    expect(existsSync(ran), 'the other one ran').toBe(false)
  })

  it('does not fit on the disk', async () => {
    const at = await home({ keepFreeBytes: 2 ** 50 })
    const announced = await announcedBy(at, {})
    const asks = at.served.requests.length
    expect(await installGateway({ ...at, announced }, quietJob())).toMatchObject({
      code: 'GATEWAY_INSTALL_NO_SPACE',
      params: { path: at.gatewaysDir, neededBytes: 2 ** 50 },
    })
    expect(at.served.requests.length, 'nothing was downloaded').toBe(asks)
  })
})

describeWith(['procfs'], 'an installation that is cancelled', () => {
  it('ends with all that it started, and what a killed one left goes with the next', async () => {
    const at = await home({ stallMs: 60_000 })
    const announced = await announcedBy(at, { delivery: 'stalled' })
    mkdirSync(join(at.gatewaysDir, '.staging-dead'), { recursive: true })
    writeFileSync(join(at.gatewaysDir, '.staging-dead', 'half'), '')
    const before = childrenOf(process.pid)
    const cancel = new AbortController()
    const installing = installGateway({ ...at, announced }, quietJob(cancel.signal))
    await until(() => at.served.requests.some((path) => path.endsWith('.tgz')), 'the download')
    expect(childrenOf(process.pid).length).toBeGreaterThan(before.length)
    expect(at.left()).not.toContain('.staging-dead')
    cancel.abort()
    expect(await installing).toMatchObject({ ok: false, code: 'JOB_CANCELLED' })
    expect(at.left()).toEqual([])
    expect(childrenOf(process.pid)).toEqual(before)
  })
})
