import type { DeleteOptions } from '../commands/backup.ts'
import { removeConfirmed } from '../remove-confirmed.ts'

/** Asks, then deletes one backup; resolves to the exit code. */
export function deleteBackup(name: string, options: DeleteOptions): Promise<number> {
  return removeConfirmed({
    question: `Delete ${name}? It cannot be brought back.`,
    notAsked: 'Nothing was deleted. To delete without being asked, add --yes.',
    options,
    done: { json: { deleted: name }, line: `Deleted ${name}.` },
    remove: (host) => host.call('backups.delete', { name }),
  })
}
