import type { JobResult } from '../../../shared/backup-results.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { CallOutcome, HostClient } from '../../../shared/host-client.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { followJob, type JobCall } from './follow-job.ts'
import { type HostInUse, hostForCommand } from './own-host.ts'

type Begin = (host: HostClient) => Promise<CallOutcome<JobCall>>

/** Runs one job from its begin to its end on whichever host there is; resolves to the exit code. */
export async function runJob(
  begin: Begin,
  isJson: boolean,
  tell: (result: JobResult, on: Pick<HostInUse, 'isOwn'>) => void,
): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    return await runJobOn(reached, begin, isJson, tell)
  } finally {
    await reached.close()
  }
}

/** The same on a host that is in use already, and stays so. */
export async function runJobOn(
  reached: HostInUse,
  begin: Begin,
  isJson: boolean,
  tell: (result: JobResult, on: Pick<HostInUse, 'isOwn'>) => void,
): Promise<number> {
  const followed = await followJob(reached, () => begin(reached.host), isJson)
  if (!followed.ok) {
    return followed.code === 'JOB_CANCELLED' ? sayCancelled(isJson) : failWith(followed, isJson)
  }
  const { state, problem, result } = followed.job
  if (problem) return failWith(problem, isJson)
  if (state === 'cancelled' || !result) return sayCancelled(isJson)
  tell(result, reached)
  return exitCode.done
}

function sayCancelled(isJson: boolean): number {
  if (isJson) sayJson({ ok: false, code: 'JOB_CANCELLED' })
  else sayLine('Cancelled. Nothing was changed.')
  return exitCode.failed
}
