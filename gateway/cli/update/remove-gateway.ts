import type { RemoveOptions } from '../commands/update.ts'
import { removeConfirmed } from '../remove-confirmed.ts'

/** Asks, then removes an installed gateway; resolves to the exit code. */
export function removeGateway(id: string, options: RemoveOptions): Promise<number> {
  return removeConfirmed({
    question: `Remove ${id}? To have it again, it has to be downloaded again.`,
    notAsked: 'Nothing was removed. To remove without being asked, add --yes.',
    options,
    done: { json: { removed: id }, line: `Removed ${id}.` },
    remove: (host) => host.call('updates.removeGateway', { id }),
  })
}
