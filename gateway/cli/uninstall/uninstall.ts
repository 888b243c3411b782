import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname } from 'node:path'
import { claimHost } from '../../../host/claim-host.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { findLockHolder } from '../../../host/gateway/find-lock-holder.ts'
import { lookAtService } from '../../../host/gateway-service/look-at-service.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { readHolder } from '../../../host/lock/host-lock.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { UninstallOptions } from '../commands/uninstall.ts'
import { listenForEnd } from '../own-host/listen-for-end.ts'
import { createProgress } from '../progress.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { confirmRemoval } from './confirm-removal.ts'
import { findRemovables } from './find-removables.ts'
import { whyStateUnsafe } from './find-state.ts'
import { whyNoHostFolder } from './host-folder.ts'
import type { UninstallGround } from './removable.ts'
import { removeEach } from './remove-each.ts'
import { removeEmpty, removeOwn } from './remove-own.ts'
import { planJson, planLines } from './show-plan.ts'
import { lookAtHost, type RunningHost, stopHost } from './stop-host.ts'

/** Shows what this program put on the machine, asks, and removes it; resolves to the exit code. */
export async function uninstall(options: UninstallOptions): Promise<number> {
  const isJson = options.json === true
  const ground = groundOf(options)
  const host = await lookAtHost()
  const refused = await whyRefused(ground, host)
  const plan = await findRemovables(ground)
  if (options.dryRun) {
    if (isJson) sayJson({ ok: refused === null, dryRun: true, ...planJson(plan, host, refused) })
    else for (const line of planLines(plan, host)) sayLine(line)
    if (!refused) return exitCode.done
    return isJson ? exitCode.failed : failWith(refused, false)
  }
  if (refused) return failWith(refused, isJson)
  if (!isJson) for (const line of planLines(plan, host)) sayLine(line)
  if (plan.every(({ kept }) => kept !== null) && host.kind === 'none') {
    if (isJson)
      sayJson({ ok: true, dryRun: false, removed: [], failed: [], kept: planJson(plan, host, null).kept })
    return exitCode.done
  }
  const isSure = await confirmRemoval(options, ground.wishes.state ? ground.statePaths.stateDir : null)
  if (!isSure.ok) {
    if (isJson) sayJson({ ok: false, code: 'NOT_CONFIRMED', message: isSure.message })
    else sayLine(isSure.message)
    return exitCode.failed
  }
  // It may have taken its time to answer.
  const hostNow = await lookAtHost()
  const refusedNow = await whyRefused(ground, hostNow)
  if (refusedNow) return failWith(refusedNow, isJson)
  // A host that leaves writes once more, and what it left of its work is seen only then.
  return await withoutHost(ground, hostNow, isJson, async () =>
    removeEach(await findRemovables(ground), isJson),
  )
}

/** Ends the host and holds its place meanwhile, so that none starts on what is being removed. */
async function withoutHost(
  ground: UninstallGround,
  host: RunningHost,
  isJson: boolean,
  act: () => Promise<number>,
): Promise<number> {
  const { hostDir, lockPath, socketPath } = ground.hostPaths
  // A closed terminal, and Ctrl-C, leave nothing half done.
  const end = listenForEnd()
  const progress = createProgress(process.stderr, !isJson)
  try {
    if (host.kind === 'runs') {
      progress.show('Stopping the host and its gateway')
      const stays = await stopHost(lockPath)
      progress.clear()
      if (stays) return failWith(stays, isJson)
    }
    if (!existsSync(hostDir)) return await act()
    const claim = await claimHost(ground.env)
    if (claim.kind === 'blocked') return failWith(claim.problem, isJson)
    if (claim.kind === 'other') {
      // Somebody was quicker to start one.
      const pid = (await readHolder(lockPath))?.pid ?? 0
      return failWith(problem('UNINSTALL_HOST_STAYS', { pid, seconds: 0 }), isJson)
    }
    try {
      return await act()
    } finally {
      await claim.release()
      await removeOwn(`${lockPath}.replacing`, ground.uid)
      for (const folder of [dirname(socketPath), hostDir, dirname(hostDir)]) {
        // Any other one above them is the owner's.
        const isOurs = folder.startsWith(hostDir) || basename(folder) === 'moltbot-desktop'
        if (isOurs) await removeEmpty(folder, ground.uid)
      }
    }
  } finally {
    end.stop()
  }
}

async function whyRefused(ground: UninstallGround, host: RunningHost): Promise<Problem | null> {
  if (host.kind === 'blocked') return host.problem
  const noHostFolder = await whyNoHostFolder(ground)
  if (noHostFolder) return noHostFolder
  if (!ground.wishes.state) return null
  const unsafe = await whyStateUnsafe(ground)
  if (unsafe) return unsafe
  const { stateDir, configPath } = ground.statePaths
  const holder = await findLockHolder({ configPath, table: openProcessTable() })
  if (!holder || (host.kind === 'runs' && holder.pid === host.gatewayPid)) return null
  const service = await lookAtService(ground.env)
  if (service.file === 'ours' && service.pid === holder.pid) return null
  const { pid, program } = holder
  return problem('UNINSTALL_STATE_IN_USE', { path: stateDir, pid, program })
}

function groundOf({ state, backups, secrets }: UninstallOptions): UninstallGround {
  const { env, platform } = process
  const home = homedir()
  return {
    env,
    home,
    platform,
    uid: process.getuid?.() ?? -1,
    hostPaths: resolveHostPaths(env, home, platform),
    statePaths: resolveStatePaths(env, home),
    wishes: { state: state === true, backups: backups === true, secrets: secrets === true },
  }
}
