import type { BackupsView } from '../shared/backups.ts'
import type { GatewayView } from '../shared/host-api.ts'
import type { JobsView } from '../shared/jobs.ts'
import type { SettingsView } from '../shared/settings.ts'
import type { UpdatesView } from '../shared/updates.ts'
import type { DesktopHost } from './start/desktop-host.ts'

export interface HostNews {
  readonly gateway: GatewayView
  readonly settings: SettingsView
  readonly backups: BackupsView
  readonly jobs: JobsView
  readonly updates: UpdatesView
}

type Known = { readonly [View in keyof HostNews]?: HostNews[View] | undefined }

/** Tells the newest states of a host, at first and with each change of one of them. */
export async function watchHost(
  { handlers, events }: Pick<DesktopHost, 'handlers' | 'events'>,
  changed: (news: HostNews) => void,
): Promise<void> {
  let known: Known = {}
  const take = (next: Known) => {
    const before = known
    const gateway = newest(before.gateway, next.gateway)
    const settings = newest(before.settings, next.settings)
    const backups = newest(before.backups, next.backups)
    const jobs = newest(before.jobs, next.jobs)
    const updates = newest(before.updates, next.updates)
    known = { gateway, settings, backups, jobs, updates }
    const isNews =
      gateway !== before.gateway ||
      settings !== before.settings ||
      backups !== before.backups ||
      jobs !== before.jobs ||
      updates !== before.updates
    if (!isNews || !gateway || !settings || !backups || !jobs || !updates) return
    changed({ gateway, settings, backups, jobs, updates })
  }
  // Subscribed first, so that nothing falls between the snapshot and the events. The contract's table pairs
  // name and payload; TypeScript cannot follow that through a union.
  events.onAny((event, payload) => {
    if (event === 'gateway.changed') take({ gateway: payload as GatewayView })
    if (event === 'settings.changed') take({ settings: payload as SettingsView })
    if (event === 'backups.changed') take({ backups: payload as BackupsView })
    if (event === 'jobs.changed') take({ jobs: payload as JobsView })
    if (event === 'updates.changed') take({ updates: payload as UpdatesView })
  })
  take(await handlers['host.snapshot']())
}

function newest<T extends { readonly revision: number }>(
  known: T | undefined,
  next: T | undefined,
): T | undefined {
  return next && (!known || next.revision > known.revision) ? next : known
}
