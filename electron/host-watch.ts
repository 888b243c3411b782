import type { GatewayView } from '../shared/host-api.ts'
import type { SettingsView } from '../shared/settings.ts'
import type { DesktopHost } from './start/desktop-host.ts'

export interface HostNews {
  readonly gateway: GatewayView
  readonly settings: SettingsView
}

/** Tells the newest gateway and settings of a host, at first and with each change of either. */
export async function watchHost(
  { handlers, events }: Pick<DesktopHost, 'handlers' | 'events'>,
  changed: (news: HostNews) => void,
): Promise<void> {
  let gateway: GatewayView | null = null
  let settings: SettingsView | null = null
  const take = (next: { gateway?: GatewayView; settings?: SettingsView }) => {
    const before = { gateway, settings }
    gateway = newest(gateway, next.gateway)
    settings = newest(settings, next.settings)
    const isNews = gateway !== before.gateway || settings !== before.settings
    if (isNews && gateway && settings) changed({ gateway, settings })
  }
  // Subscribed first, so that nothing falls between the snapshot and the events. The contract's table pairs
  // name and payload; TypeScript cannot follow that through a union.
  events.onAny((event, payload) => {
    if (event === 'gateway.changed') take({ gateway: payload as GatewayView })
    if (event === 'settings.changed') take({ settings: payload as SettingsView })
  })
  take(await handlers['host.snapshot']())
}

function newest<T extends { readonly revision: number }>(known: T | null, next: T | undefined): T | null {
  return next && (!known || next.revision > known.revision) ? next : known
}
