import type { HostClient } from '../../../shared/host-client.ts'
import { ask } from '../../parts/ask.ts'
import { useJobs } from './jobs-store.ts'

export interface JobCommands {
  cancel(id: string): Promise<void>
}

export function jobCommands(client: HostClient): JobCommands {
  return {
    cancel: async (id) => {
      const view = await ask(useJobs, id, () => client.call('jobs.cancel', { id }))
      if (view) useJobs.getState().changed(view)
    },
  }
}
