import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { runMark } from '../../host/child/child-environment.ts'
import { lockFiles, readHeldLock } from '../../host/gateway/find-lock-holder.ts'
import { resolveHostPaths } from '../../host/host-paths.ts'
import { readHolder } from '../../host/lock/host-lock.ts'
import { openProcessTable } from '../../host/processes/open-process-table.ts'
import { isSameProcess, type ProcessDetails, type ProcessTable } from '../../host/processes/process-table.ts'
import { whoListens } from '../../host/processes/who-listens.ts'
import { type Problem, problem } from '../../shared/problem.ts'

/** Our gateway closes within 4 s, a released Moltbot within 5 s. */
const gracefulMs = 6_000
const killedMs = 1_000
const lookEveryMs = 50

/**
 * Ends the gateway that has the port, if it is proven to be one of this user: a process of theirs that holds a
 * gateway's lock. Everybody else is named and left alone, and so is a gateway that somebody would start again.
 * Null where the port is free now.
 */
export async function freePort(
  port: number,
  table: ProcessTable = openProcessTable(),
): Promise<Problem | null> {
  const listener = await whoListens(port, table)
  if (listener.kind === 'nobody') return null
  if (listener.kind === 'others') {
    const { user, process: found } = listener
    return problem('PORT_NOT_FREED', { port, pid: found?.pid ?? 0, program: found?.program ?? '', user })
  }
  const found = listener.process
  const { pid, program, user } = found
  if (!(await holdsLock(found, table))) return problem('PORT_NOT_FREED', { port, pid, program, user })
  const kept = await findKeeper(pid, table)
  if (kept) return problem('PORT_NOT_FREED_KEPT', { port, pid, ...kept })
  await end(found, table)
  return (await table.findListener(port)) ? problem('PORT_NOT_FREED', { port, pid, program, user }) : null
}

async function holdsLock({ pid }: ProcessDetails, table: ProcessTable): Promise<boolean> {
  const uid = process.getuid?.() ?? -1
  for (const path of await lockFiles(undefined, uid)) {
    if ((await readHeldLock(path, uid, table))?.holder.pid === pid) return true
  }
  return false
}

/** Who would start it again at once. */
async function findKeeper(
  pid: number,
  table: ProcessTable,
): Promise<{ keeper: string; command: string } | null> {
  const environment = `\0${await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')}`
  const isService = ['MOLTBOT_SERVICE', 'CLAWDBOT_SERVICE_KIND'].some((name) =>
    environment.includes(`\0${name}=`),
  )
  if (isService) return { keeper: 'its service', command: 'moltbot gateway stop' }
  if (!environment.includes(`\0${runMark}=`) && process.platform === 'linux') return null
  const { lockPath } = resolveHostPaths(process.env, homedir(), process.platform)
  const host = await readHolder(lockPath)
  const isThere = host !== null && isSameProcess(table, host)
  return isThere ? { keeper: 'Moltbot Desktop', command: 'moltbot service stop' } : null
}

/** Each signal goes to the process that was judged, or to nobody: a pid alone may be another's by then. */
async function end(found: ProcessDetails, table: ProcessTable): Promise<void> {
  for (const [signal, limitMs] of [
    ['SIGTERM', gracefulMs],
    ['SIGKILL', killedMs],
  ] as const) {
    if (!isSameProcess(table, found)) return
    process.kill(found.pid, signal)
    const until = performance.now() + limitMs
    while (isSameProcess(table, found) && performance.now() < until) await delay(lookEveryMs)
  }
}
