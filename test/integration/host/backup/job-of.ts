import type { HostConnection } from '../../../../host/transports/control-client.ts'
import type { BackupOpen } from '../../../../shared/backups.ts'
import type { Job } from '../../../../shared/jobs.ts'
import { until } from '../../../fixtures/host-under-test.ts'

/** Makes a backup, and resolves to the job as it ended. */
export async function backedUp(connection: HostConnection): Promise<Job> {
  const begun = await connection.call('backups.create', {})
  if (!begun.ok) throw new Error(`${begun.code} ${JSON.stringify(begun.params)}`)
  return endOf(connection, begun.value.jobId)
}

/** Makes the call about a backup, and resolves to the job as it ended. */
export async function jobOf(
  connection: HostConnection,
  call: 'backups.verify' | 'backups.inspect' | 'backups.restore',
  order: BackupOpen,
): Promise<Job> {
  const begun = await connection.call(call, order)
  if (!begun.ok) throw new Error(`${call}: ${begun.code} ${JSON.stringify(begun.params)}`)
  return endOf(connection, begun.value.jobId)
}

export async function endOf(connection: HostConnection, jobId: string): Promise<Job> {
  let job: Job | undefined
  await until(
    async () => {
      const snapshot = await connection.call('host.snapshot')
      job = snapshot.ok ? snapshot.value.jobs.jobs.find(({ id }) => id === jobId) : undefined
      return job !== undefined && job.state !== 'running'
    },
    'the job to end',
    40_000,
  )
  if (!job) throw new Error('The job is gone')
  return job
}
