import { setTimeout as wait } from 'node:timers/promises'
import { supervisorMark } from '../../../host/child/child-environment.ts'
import { readHolder } from '../../../host/lock/host-lock.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { isSameProcess } from '../../../host/processes/process-table.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { textsIn } from '../../../shared/wording/texts.ts'
import { reachHost } from '../reach-host.ts'

/** A host stops its gateway first, for which even a package's has 12 s. */
const leavingLimitMs = 30_000

export type RunningHost =
  | { readonly kind: 'none' }
  /** `gatewayPid`: of the gateway that ends with it. */
  | {
      readonly kind: 'runs'
      readonly pid: number
      readonly shell: string
      readonly gatewayPid: number | null
    }
  | { readonly kind: 'blocked'; readonly problem: Problem }

/** The host of this user, and whether it may be asked to leave now. */
export async function lookAtHost(): Promise<RunningHost> {
  const reached = await reachHost()
  if (!reached.ok) {
    return reached.code === 'HOST_NOT_RUNNING' ? { kind: 'none' } : { kind: 'blocked', problem: reached }
  }
  const { host } = reached
  try {
    const snapshot = await host.call('host.snapshot')
    if (!snapshot.ok) return { kind: 'blocked', problem: snapshot }
    const { jobs, host: info, gateway } = snapshot.value
    const job = jobs.jobs.find(({ state }) => state === 'running')
    if (job) {
      const title = textsIn('en')(`jobs.running.${job.kind}`)
      return { kind: 'blocked', problem: problem('UNINSTALL_JOB_RUNS', { job: title }) }
    }
    const link = await host.call('host.link')
    if (!link.ok && link.code === 'HOST_BUSY_WITH_COMMAND') {
      return { kind: 'blocked', problem: problem('UNINSTALL_COMMAND_RUNS', { pid: info.pid }) }
    }
    // Everything that a host starts carries it, its terminals among them.
    if (process.env[supervisorMark])
      return { kind: 'blocked', problem: problem('UNINSTALL_FROM_TERMINAL', {}) }
    const gatewayPid = 'pid' in gateway.state ? gateway.state.pid : null
    return { kind: 'runs', pid: info.pid, shell: info.shell, gatewayPid }
  } finally {
    host.close()
  }
}

/**
 * Asks the host that holds the lock to leave, as a terminal would, and waits until its process is gone. It is
 * signalled only while pid and start time are those of the lock's holder. Null: gone.
 */
export async function stopHost(lockPath: string): Promise<Problem | null> {
  const table = openProcessTable()
  const holder = await readHolder(lockPath)
  if (!holder || !isSameProcess(table, holder)) return null
  try {
    process.kill(holder.pid, 'SIGTERM')
  } catch {
    // ended between the look and the signal
  }
  const until = performance.now() + leavingLimitMs
  while (isSameProcess(table, holder)) {
    if (performance.now() > until) {
      return problem('UNINSTALL_HOST_STAYS', { pid: holder.pid, seconds: leavingLimitMs / 1000 })
    }
    await wait(50)
  }
  return null
}
