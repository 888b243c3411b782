import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { systemClock } from '../../../../host/clock.ts'
import { GatewayPrograms } from '../../../../host/updates/gateway-programs.ts'
import type { UpdateFigures } from '../../../../host/updates/update-figures.ts'
import { NpmRegistry } from '../../../fixtures/npm-registry.ts'
import { registryIn } from './registry-in.ts'

/** A home whose `.npmrc` names a registry of its own, and the real npm to ask it with, in this process. */
export function npmHomes() {
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()))
  })
  return async (figures: Partial<UpdateFigures> = {}) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-npm-')))
    const served = await NpmRegistry.start()
    closing.push(async () => {
      await served.close()
      rmSync(folder, { recursive: true, force: true })
    })
    mkdirSync(join(folder, 'tmp'))
    writeFileSync(join(folder, '.npmrc'), `registry=${served.url}\n`)
    const gatewaysDir = join(folder, 'gateways')
    const registry = registryIn(folder, gatewaysDir, figures)
    const openPrograms = () =>
      GatewayPrograms.open({
        hostPaths: { gatewaysDir, gatewaysPath: join(folder, 'gateways.json') },
        nodePath: process.execPath,
        builtIn: { file: 'built-in', args: [] },
      })
    const programs = await openPrograms()
    /** All that lies where gateways are installed. */
    const left = () => (existsSync(gatewaysDir) ? readdirSync(gatewaysDir).sort() : [])
    return { folder, gatewaysDir, served, registry, programs, openPrograms, left, clock: systemClock }
  }
}
