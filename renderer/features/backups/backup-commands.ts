import type { BackupKeyChange, BackupsChange } from '../../../shared/backups.ts'
import type { HostClient } from '../../../shared/host-client.ts'
import type { JobKind } from '../../../shared/jobs.ts'
import { ask } from '../../parts/ask.ts'
import { useBackups } from './backups-store.ts'
import { type Opening, useFollowed } from './followed-jobs.ts'

/**
 * Each resolves to whether the host did it, or began it. The page's places: `create`, `restore`, `sheet`,
 * `folder`, `schedule`, `key`, and a backup's name.
 */
export interface BackupCommands {
  look(): Promise<boolean>
  create(): Promise<boolean>
  verify(name: string): Promise<boolean>
  /** `file`: a name in the usual folder, or an absolute path. */
  inspect(file: string, opening: Opening): Promise<boolean>
  restore(file: string, opening: Opening): Promise<boolean>
  delete(name: string): Promise<boolean>
  change(place: 'folder' | 'schedule', change: BackupsChange): Promise<boolean>
  chooseKey(change: BackupKeyChange): Promise<boolean>
  /** Resolves to where it was written; null where it was not. */
  saveSheet(to: string): Promise<string | null>
}

export function backupCommands(client: HostClient): BackupCommands {
  type Answer = () => ReturnType<typeof client.call<'backups.look'>>
  async function asked(place: string, answer: Answer): Promise<boolean> {
    const view = await ask(useBackups, place, answer)
    if (view) useBackups.getState().changed(view)
    return view !== null
  }
  type Begun = () => ReturnType<typeof client.call<'backups.create'>>
  async function begun(place: string, kind: JobKind, file: string, opening: Opening, answer: Begun) {
    const job = await ask(useBackups, place, answer)
    if (job) useFollowed.getState().follow(kind, { id: job.jobId, file }, opening)
    return job !== null
  }
  return {
    look: () => asked('folder', () => client.call('backups.look')),
    create: () => begun('create', 'backup.create', '', {}, () => client.call('backups.create', {})),
    verify: (file) => begun(file, 'backup.verify', file, {}, () => client.call('backups.verify', { file })),
    inspect: (file, opening) =>
      begun('restore', 'backup.inspect', file, opening, () =>
        client.call('backups.inspect', { file, ...opening }),
      ),
    restore: (file, opening) =>
      begun('restore', 'backup.restore', file, {}, () =>
        client.call('backups.restore', { file, ...opening }),
      ),
    delete: (name) => asked(name, () => client.call('backups.delete', { name })),
    change: (place, change) => asked(place, () => client.call('backups.change', change)),
    chooseKey: (change) => asked('key', () => client.call('backups.useKey', change)),
    saveSheet: async (to) => {
      const saved = await ask(useBackups, 'sheet', () =>
        client.call('backups.saveSheet', to === '' ? {} : { to }),
      )
      return saved?.path ?? null
    },
  }
}
