import type { HostClient } from '../../../shared/host-client.ts'
import type { UpdatesChange } from '../../../shared/updates.ts'
import { ask } from '../../parts/ask.ts'
import { useUpdates } from './updates-store.ts'

/**
 * Each resolves to whether the host did it, or began it. The page's places: `check`, `app`, `gateway`,
 * `followed`, `automatic`, `channel`, and an installed gateway's id.
 */
export interface UpdateCommands {
  check(): Promise<boolean>
  change(place: 'followed' | 'automatic' | 'channel', change: UpdatesChange): Promise<boolean>
  /** Null: tell about the skipped one after all. */
  skip(what: 'app' | 'gateway', version: string | null): Promise<boolean>
  downloadApp(): Promise<boolean>
  installApp(when: 'now' | 'onQuit' | 'notOnQuit'): Promise<boolean>
  installGateway(version: string): Promise<boolean>
  switchTo(id: string): Promise<boolean>
  removeGateway(id: string): Promise<boolean>
}

export function updateCommands(client: HostClient): UpdateCommands {
  type Answer = () => ReturnType<typeof client.call<'updates.check'>>
  async function asked(place: string, answer: Answer): Promise<boolean> {
    const view = await ask(useUpdates, place, answer)
    if (view) useUpdates.getState().changed(view)
    return view !== null
  }
  type Begun = () => ReturnType<typeof client.call<'updates.downloadApp'>>
  const begun = async (place: string, answer: Begun) => (await ask(useUpdates, place, answer)) !== null
  return {
    check: () => asked('check', () => client.call('updates.check')),
    change: (place, change) => asked(place, () => client.call('updates.change', change)),
    skip: (what, version) => asked(what, () => client.call('updates.skip', { what, version })),
    downloadApp: () => begun('app', () => client.call('updates.downloadApp')),
    installApp: (when) => asked('app', () => client.call('updates.installApp', { when })),
    installGateway: (version) => begun('gateway', () => client.call('updates.installGateway', { version })),
    switchTo: (id) => begun(id, () => client.call('updates.useGateway', { id })),
    removeGateway: (id) => asked(id, () => client.call('updates.removeGateway', { id })),
  }
}
