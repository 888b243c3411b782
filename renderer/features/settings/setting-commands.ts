import type { HostClient } from '../../../shared/host-client.ts'
import type { SettingsChange } from '../../../shared/settings.ts'
import { useSettings, type Wish } from './settings-store.ts'

export interface SettingCommands {
  change(change: SettingsChange): Promise<void>
  /** Null takes the port out of the configuration, so that the default holds. */
  setGatewayPort(port: number | null): Promise<void>
}

export function settingCommands(client: HostClient): SettingCommands {
  type Asked = Awaited<ReturnType<typeof client.call<'settings.change'>>>
  async function ask(wish: Wish, answer: () => Promise<Asked>): Promise<void> {
    useSettings.getState().askBegan(wish)
    const outcome = await answer()
    if (outcome.ok) useSettings.getState().changed(outcome.value)
    useSettings.getState().askEnded(wish, outcome.ok ? null : outcome)
  }
  return {
    change: (change) => ask(change as Wish, () => client.call('settings.change', change)),
    setGatewayPort: (port) =>
      ask({ gatewayPort: port }, () => client.call('settings.setGatewayPort', { port })),
  }
}
