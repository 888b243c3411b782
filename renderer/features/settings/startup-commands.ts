import type { HostClient } from '../../../shared/host-client.ts'
import { ask } from '../../parts/ask.ts'
import { useLoginItem, useService } from './startup-stores.ts'

/** Each resolves to whether the host did it. The one place of each store is `change`; a look tells nothing. */
export interface StartupCommands {
  /** Both may have been changed by other programs meanwhile. */
  look(): Promise<void>
  launchAtLogin(on: boolean, replace?: boolean): Promise<boolean>
  installService(replace?: boolean): Promise<boolean>
  uninstallService(replace?: boolean): Promise<boolean>
}

export function startupCommands(client: HostClient): StartupCommands {
  const aboutService = async (call: 'service.install' | 'service.uninstall', replace: boolean) => {
    const view = await ask(useService, 'change', () => client.call(call, { replace }))
    if (view) useService.getState().changed(view)
    return view !== null
  }
  return {
    look: async () => {
      const [loginItem, service] = await Promise.all([
        client.call('loginItem.look'),
        client.call('service.look'),
      ])
      if (loginItem.ok) useLoginItem.getState().changed(loginItem.value)
      if (service.ok) useService.getState().changed(service.value)
    },
    launchAtLogin: async (on, replace = false) => {
      const view = await ask(useLoginItem, 'change', () => client.call('loginItem.change', { on, replace }))
      if (view) useLoginItem.getState().changed(view)
      return view !== null
    },
    installService: (replace = false) => aboutService('service.install', replace),
    uninstallService: (replace = false) => aboutService('service.uninstall', replace),
  }
}
