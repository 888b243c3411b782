import { lstat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { loadConfig } from '../../../host/config/load-config.ts'
import { chooseLogTarget, defaultLogFolder } from '../../../host/config/log-path.ts'
import { readHeldLock, stateLockPath } from '../../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { nothingToDo, type Removable, type UninstallGround } from './removable.ts'
import { bytesOf, countOf, detailOf, ownFiles, removeEmpty, removeFiles, removeOwn } from './remove-own.ts'

/** A day's log, its rolled parts, and what a rotation made of them; the access log as well. */
const logName = /^(?:moltbot|access)-\d{4}-\d{2}-\d{2}(?:\.\d+)?\.log(?:[.-]\d+)?(?:\.gz)?$/

/** The logs of every day, and the lock by which other programs see a gateway on this state. */
export async function findLogs(ground: UninstallGround): Promise<Removable[]> {
  const found = await Promise.all([findDatedLogs(ground), findNamedLog(ground), findLock(ground)])
  return found.filter((one) => one !== null)
}

async function findDatedLogs({ env, home, uid, statePaths }: UninstallGround): Promise<Removable | null> {
  const target = chooseLogTarget({ env, home, logging: undefined })
  if (target.kind !== 'dated') return null
  const { folder } = target
  // What lies in the state stays or goes with it.
  if (folder.startsWith(`${statePaths.stateDir}/`)) return null
  const files = await ownFiles(folder, uid, (name) => logName.test(name))
  if (files.length === 0) return null
  return {
    what: 'logs of the gateway',
    place: `${folder} (${countOf(files)})`,
    bytes: bytesOf(files),
    kept: null,
    async remove() {
      const detail = await removeFiles(files, uid)
      if (folder === defaultLogFolder) await removeEmpty(folder, uid)
      return detail
    },
  }
}

async function findNamedLog({ env, home, statePaths }: UninstallGround): Promise<Removable | null> {
  const loaded = await loadConfig(statePaths, env, undefined, true)
  const logging = loaded.ok ? loaded.config.logging : undefined
  const target = chooseLogTarget({ env, home, logging })
  if (target.kind !== 'named') return null
  const stats = await lstat(target.path).catch(() => null)
  if (!stats) return null
  const kept = 'the configuration chose its place: yours to remove'
  return { what: 'the log', place: target.path, bytes: stats.size, kept, remove: nothingToDo }
}

async function findLock({ statePaths, uid }: UninstallGround): Promise<Removable | null> {
  const path = stateLockPath(statePaths.configPath, tmpdir(), uid)
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  )
  if (!isThere) return null
  return {
    what: 'the lock of the gateway',
    place: path,
    bytes: null,
    kept: null,
    async remove() {
      try {
        const held = await readHeldLock(path, uid, openProcessTable())
        if (held) return `a gateway holds it: ${held.holder.program}, process ${held.holder.pid}`
        const detail = await removeOwn(path, uid)
        await removeEmpty(dirname(path), uid)
        return detail
      } catch (error) {
        return detailOf(error)
      }
    },
  }
}
