import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../../../host/clock.ts'
import type { Announced } from '../../../../host/updates/ask-registry.ts'
import { GatewayPrograms } from '../../../../host/updates/gateway-programs.ts'
import { installGateway } from '../../../../host/updates/install-gateway.ts'
import { quietJob, registryIn } from './registry-in.ts'

/**
 * Installs a gateway on a disk of its own that fills up meanwhile; prints what came of it and what is left on
 * that disk. Runs where it may mount: see `small-disk.spec.ts`.
 */
const [home = '', json = ''] = process.argv.slice(2)
const announced: Announced = JSON.parse(json)
const disk = join(home, 'disk')
mkdirSync(disk)
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', disk])
const gatewaysDir = join(disk, 'gateways')
for (const keepFreeBytes of [0, 8 * 2 ** 20]) {
  const registry = registryIn(home, gatewaysDir, { keepFreeBytes, maxInstallBytes: 2 ** 40 })
  const programs = await GatewayPrograms.open({
    hostPaths: { gatewaysDir, gatewaysPath: join(disk, 'gateways.json') },
    nodePath: process.execPath,
    builtIn: { file: 'built-in', args: [] },
  })
  const order = { clock: systemClock, registry, programs, announced }
  const outcome = await installGateway(order, quietJob())
  const left = readdirSync(gatewaysDir)
  console.log(JSON.stringify({ end: outcome.ok ? 'ok' : outcome.code, left }))
}
