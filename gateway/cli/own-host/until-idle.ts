import type { HostClient } from '../../../shared/host-client.ts'
import type { JobsView } from '../../../shared/jobs.ts'

/** Resolves when no job runs, whoever began it; at once when `enough` is aborted. */
export async function untilIdle(host: HostClient, enough: AbortSignal): Promise<void> {
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const look = ({ jobs }: JobsView) => {
    if (jobs.every(({ state }) => state !== 'running')) finish()
  }
  const unsubscribe = host.on('jobs.changed', look)
  enough.addEventListener('abort', finish)
  try {
    const now = await host.call('host.snapshot')
    if (enough.aborted || !now.ok) return
    look(now.value.jobs)
    await finished
  } finally {
    unsubscribe()
    enough.removeEventListener('abort', finish)
  }
}
