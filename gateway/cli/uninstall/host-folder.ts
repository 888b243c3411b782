import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readBackupRecord } from '../../../host/backup/read-backup-record.ts'
import type { HostPaths } from '../../../host/host-paths.ts'
import { readSecretsIndex } from '../../../host/secrets/stored-names.ts'
import { backupNamePattern } from '../../../shared/backups.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { isBelow } from './is-below.ts'
import type { UninstallGround } from './removable.ts'

/** Folders of the host's own, with what they are. */
export const hostFolders: Readonly<Record<string, string>> = {
  gateways: 'gateways installed from npm',
  updates: 'downloaded versions of the application',
  'backup-work': 'what was left of a backup under way',
  run: 'the control socket',
  shell: 'data of the window',
}

/** A record, a former one that was set aside, or a draft of one. */
export function isRecord(name: string, paths: HostPaths): boolean {
  const records = [
    paths.runRecordPath,
    paths.intentPath,
    paths.timelinePath,
    paths.metricsPath,
    paths.settingsPath,
    paths.terminalPath,
    paths.backupsPath,
    paths.gatewaysPath,
    paths.updatesPath,
    join(paths.hostDir, 'open.html'),
  ].map((path) => basename(path))
  const [, stem = name] = /^(.+?)\.(?:1|(?:unreadable|foreign)-\d+)$/.exec(name) ?? []
  return records.includes(stem) || /^\.[0-9a-f]{12}\.tmp$/.test(name)
}

/**
 * Why the folder that was named as the host's cannot be taken for one, or null. Its folders have everyday names, so
 * that those of the owner would go with it.
 */
export async function whyNoHostFolder({ hostPaths, home }: UninstallGround): Promise<Problem | null> {
  const { hostDir } = hostPaths
  const unsafe = (detail: string) => problem('UNINSTALL_HOST_DIR_UNSAFE', { path: hostDir, detail })
  if (await isBelow(home, hostDir)) return unsafe('your home folder is in it')
  // Folders that only this program makes.
  if (basename(dirname(hostDir)) === 'moltbot-desktop') return null
  const names = await readdir(hostDir).catch(() => [])
  const isAnothers = names.some((name) => !isOurs(name, hostPaths))
  return isAnothers && !(await hasTrace(hostPaths))
    ? unsafe('other things are in it, and no trace of a host')
    : null
}

function isOurs(name: string, paths: HostPaths): boolean {
  const { secretsIndexPath, sealedSecretsPath, backupKeyPath, backupsPath, backupFolder, lockPath } = paths
  const others = [secretsIndexPath, sealedSecretsPath, backupKeyPath, backupsPath, backupFolder, lockPath]
  return (
    isRecord(name, paths) ||
    Object.hasOwn(hostFolders, name) ||
    name === 'runtime' ||
    others.some((path) => basename(path) === name)
  )
}

/** What only a host writes, also what an uninstall left of it. */
async function hasTrace(paths: HostPaths): Promise<boolean> {
  const { lockPath, runRecordPath, timelinePath, backupKeyPath, sealedSecretsPath } = paths
  const own = [lockPath, runRecordPath, timelinePath, backupKeyPath, sealedSecretsPath]
  const found = await Promise.all(own.map((path) => lstat(path).catch(() => null)))
  if (found.some((stats) => stats?.isFile())) return true
  const backups = await readdir(paths.backupFolder).catch(() => [])
  if (backups.some((name) => backupNamePattern.test(name))) return true
  return Boolean(
    (await readSecretsIndex(paths.secretsIndexPath)) ?? (await readBackupRecord(paths.backupsPath)),
  )
}
