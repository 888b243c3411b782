import type { JobResult } from '../../../shared/backup-results.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { CallOutcome, HostClient } from '../../../shared/host-client.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { followJob } from './follow-job.ts'
import { hostForCommand } from './own-host.ts'

type Begin = (
  host: HostClient,
) => Promise<CallOutcome<'backups.create' | 'backups.verify' | 'backups.inspect' | 'backups.restore'>>

/** Runs one job from its begin to its end on whichever host there is; resolves to the exit code. */
export async function runJob(
  begin: Begin,
  isJson: boolean,
  tell: (result: JobResult) => void,
): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    return await runJobOn(reached.host, begin, isJson, tell)
  } finally {
    await reached.close()
  }
}

export async function runJobOn(
  host: HostClient,
  begin: Begin,
  isJson: boolean,
  tell: (result: JobResult) => void,
): Promise<number> {
  const followed = await followJob(host, () => begin(host), isJson)
  if (!followed.ok) return failWith(followed, isJson)
  const { state, problem, result } = followed.job
  if (problem) return failWith(problem, isJson)
  if (state === 'cancelled' || !result) {
    if (isJson) sayJson({ ok: false, code: 'JOB_CANCELLED' })
    else sayLine('Cancelled. Nothing was changed.')
    return exitCode.failed
  }
  tell(result)
  return exitCode.done
}
