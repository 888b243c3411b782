import { homedir } from 'node:os'
import type { Problem } from '../shared/problem.ts'
import { resolveStatePaths, type StatePaths } from './config/state-paths.ts'
import { type HostPaths, prepareHostDir, resolveHostPaths, whyHostDirFails } from './host-paths.ts'
import { becomePrimary } from './lock/become-primary.ts'
import { readBootId } from './processes/boot-id.ts'
import { openProcessTable } from './processes/open-process-table.ts'
import type { ProcessIdentity, ProcessTable } from './processes/process-table.ts'

/** What a host stands on: its process, the machine's process table, its folders. */
export interface HostGround {
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly identity: ProcessIdentity
  readonly bootId: string
  readonly hostPaths: HostPaths
  readonly statePaths: StatePaths
}

/** This process is the user's host until it calls `release`. */
export interface ClaimedHost {
  readonly kind: 'primary'
  readonly ground: HostGround
  release(): Promise<void>
}

export type Claim =
  | ClaimedHost
  /** Another host runs; `url` is a fresh address of its page. */
  | { readonly kind: 'other'; readonly url: string; readonly hostDir: string }
  | { readonly kind: 'blocked'; readonly problem: Problem }

/**
 * Makes this process the one host of this user and machine, or finds out who is. Loads little: a desktop
 * shows its tray only after this.
 */
export async function claimHost(env: NodeJS.ProcessEnv): Promise<Claim> {
  const home = homedir()
  const hostPaths = resolveHostPaths(env, home, process.platform)
  const { hostDir, lockPath, socketPath } = hostPaths
  const table = openProcessTable()
  const identity = table.identify(process.pid)
  if (!identity) throw new Error('This process is not in the process table')
  const bootId = readBootId()
  const unusable = await prepareHostDir(hostDir)
  if (unusable) return { kind: 'blocked', problem: unusable }
  try {
    const met = await becomePrimary(lockPath, { ...identity, bootId, socketPath }, table)
    if (met.kind === 'other') return { ...met, hostDir }
    if (met.kind === 'blocked') return met
    const ground = { env, table, identity, bootId, hostPaths, statePaths: resolveStatePaths(env, home) }
    return { kind: 'primary', ground, release: met.release }
  } catch (error) {
    const found = whyHostDirFails(error, hostDir)
    if (!found) throw error
    return { kind: 'blocked', problem: found }
  }
}
