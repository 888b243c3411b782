import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { GatewayCommand } from '../../host/child/launch-gateway.ts'
import type { HostGround } from '../../host/claim-host.ts'
import { openPrimaryHost } from '../../host/primary-host.ts'
import { appFolder } from '../app-folder.ts'
import type { HostOutcome } from './desktop-host.ts'
import type { StartOptions } from './start-options.ts'

/** The real host of this user. `gatewayCommand` is the gateway that came with this build unless given. */
export function openRealHost(
  ground: HostGround,
  { port, gatewayPort }: StartOptions,
  gatewayCommand: GatewayCommand = builtGateway(),
): Promise<HostOutcome> {
  const nodePath = plainNode()
  return openPrimaryHost(ground, { shell: 'desktop', port, gatewayPort, gatewayCommand, nodePath })
}

/**
 * Under a real Node, never under Electron's: that would need its `RunAsNode` switch. By the bundle's real
 * path: a later build moves the links, and this host keeps starting the gateway it came with.
 */
function builtGateway(): GatewayCommand {
  return { file: plainNode(), args: [join(realpathSync(appFolder()), 'moltbot.mjs'), 'gateway'] }
}

function plainNode(): string {
  const app = realpathSync(appFolder())
  const [repository] = app.split('/dist/builds/')
  return join(repository ?? app, 'node_modules', 'node', 'bin', 'node')
}
