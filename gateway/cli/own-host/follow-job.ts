import type { CallOutcome } from '../../../shared/host-client.ts'
import type { Job, JobsView } from '../../../shared/jobs.ts'
import type { Problem } from '../../../shared/problem.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import { textsIn } from '../../../shared/wording/texts.ts'
import { createProgress } from '../progress.ts'
import { listenForEnd } from './listen-for-end.ts'
import type { HostInUse } from './own-host.ts'

export type FollowedJob = { readonly ok: true; readonly job: Job } | ({ readonly ok: false } & Problem)

/** The calls that begin one. */
export type JobCall =
  | `backups.${'create' | 'verify' | 'inspect' | 'restore'}`
  | `updates.${'downloadApp' | 'installGateway' | 'useGateway'}`

/**
 * Begins a job and shows its progress until it has ended. Who ends the command, or closes its terminal, asks
 * the job to cancel, and its end is still awaited: what it began has to be tidied.
 */
export async function followJob(
  { host, endAsked }: Pick<HostInUse, 'host' | 'endAsked'>,
  begin: () => Promise<CallOutcome<JobCall>>,
  isJson: boolean,
): Promise<FollowedJob> {
  const progress = createProgress(process.stderr, !isJson)
  let id: string | null = null
  let latest: JobsView | null = null
  let ended = (_: FollowedJob) => {}
  const end = new Promise<FollowedJob>((resolve) => {
    ended = resolve
  })
  const look = (view: JobsView | null) => {
    const job = view?.jobs.find((one) => one.id === id)
    if (!job) return
    if (job.state !== 'running') return ended({ ok: true, job })
    progress.show(progressText(job))
  }
  // Ahead of the call, so that no change between it and its answer is missed.
  const unsubscribe = host.on('jobs.changed', (view) => {
    latest = view
    look(view)
  })
  void host.closed?.then(() => ended({ ok: false, code: 'CONNECTION_LOST', params: {} }))
  const cancel = () => {
    if (id !== null) void host.call('jobs.cancel', { id })
  }
  const listening = endAsked === null ? listenForEnd() : null
  const asked = endAsked ?? listening?.asked
  asked?.addEventListener('abort', cancel)
  try {
    if (asked?.aborted) return { ok: false, code: 'JOB_CANCELLED', params: {} }
    const begun = await begin()
    if (!begun.ok) return begun
    id = begun.value.jobId
    if (asked?.aborted) cancel()
    // It may have ended before its id was known.
    const now = await host.call('host.snapshot')
    look(now.ok ? now.value.jobs : latest)
    return await end
  } finally {
    progress.clear()
    unsubscribe()
    asked?.removeEventListener('abort', cancel)
    listening?.stop()
  }
}

function progressText({ step, done, total }: Job): string {
  const word = textsIn('en')(`jobs.step.${step}`)
  if (total === null || total === 0) return done > 0 ? `${word}: ${formatBytes(done)}` : word
  const share = Math.min(1, done / total)
  const filled = Math.round(share * barWidth)
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
  return `${word} ${bar} ${Math.floor(share * 100)}% (${formatBytes(done)} of ${formatBytes(total)}) `
}

const barWidth = 20
