import type { GatewayCommand } from '../../host/child/launch-gateway.ts'
import type { HostGround } from '../../host/claim-host.ts'
import { openPrimaryHost } from '../../host/primary-host.ts'
import { saySentence } from '../../host/terminal.ts'
import type { AppUpdater } from '../../host/updates/app-updater.ts'
import { desktopLoginItem } from '../login-item/desktop-login-item.ts'
import type { Leaving } from '../quit/quit-path.ts'
import type { HostOutcome } from './desktop-host.ts'
import { plainRuntime } from './plain-runtime.ts'
import { whySandboxIsOff } from './sandbox-state.ts'
import type { StartOptions } from './start-options.ts'

interface RealHostParts {
  readonly leaving: Leaving
  /** The gateway that came with this build unless given. */
  readonly gatewayCommand?: GatewayCommand
  /** What this copy can do for its own update unless given. */
  readonly appUpdater?: AppUpdater
}

/** The real host of this user. */
export async function openRealHost(
  ground: HostGround,
  { port, gatewayPort }: StartOptions,
  { leaving, gatewayCommand, ...given }: RealHostParts,
): Promise<HostOutcome> {
  const sandboxIsOff = whySandboxIsOff(process.argv, process.env)
  if (sandboxIsOff) saySentence(sandboxIsOff)
  const { hostDir } = ground.hostPaths
  const { nodePath, entry } = await plainRuntime(hostDir, process.env)
  const { desktopAppUpdater } = await import('../updates/desktop-app-updater.ts')
  const appUpdater = given.appUpdater ?? (await desktopAppUpdater(hostDir, leaving))
  return openPrimaryHost(ground, {
    shell: 'desktop',
    port,
    gatewayPort,
    gatewayCommand: gatewayCommand ?? { file: nodePath, args: [entry, 'gateway'] },
    nodePath,
    appUpdater,
    loginItem: desktopLoginItem(process.env),
  })
}
