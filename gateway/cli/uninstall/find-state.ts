import { existsSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { findLockHolder } from '../../../host/gateway/find-lock-holder.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { bytesIn } from '../../../host/updates/folder-use.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { backupsElsewhere } from './backups-elsewhere.ts'
import { isBelow } from './is-below.ts'
import { nothingToDo, type Removable, type UninstallGround } from './removable.ts'
import { removeOwn, whyNotOurs } from './remove-own.ts'

/** The state folder; it goes only where that was asked for, and nothing runs on it. */
export async function findState({ statePaths, uid, wishes }: UninstallGround): Promise<Removable[]> {
  const { stateDir, configPath } = statePaths
  if (!existsSync(stateDir)) return []
  const kept = wishes.state ? null : 'the state stays unless you add --state'
  const remove = async () => {
    const holder = await findLockHolder({ configPath, table: openProcessTable() })
    if (holder) return `a gateway runs on it: ${holder.program}, process ${holder.pid}`
    return removeOwn(stateDir, uid)
  }
  return [
    {
      what: 'the state: configuration, sessions, credentials',
      place: stateDir,
      bytes: await bytesIn(stateDir, AbortSignal.timeout(20_000)),
      kept,
      remove: kept === null ? remove : nothingToDo,
    },
  ]
}

/** Why the folder cannot be removed as the state of a Moltbot and nothing else, or null. */
export async function whyStateUnsafe(ground: UninstallGround): Promise<Problem | null> {
  const { statePaths, home, uid, hostPaths, wishes } = ground
  const { stateDir } = statePaths
  const unsafe = (detail: string) => problem('UNINSTALL_STATE_UNSAFE', { path: stateDir, detail })
  const stats = await lstat(stateDir).catch(() => null)
  if (!stats) return null
  const flaw = whyNotOurs(stats, uid) ?? (stats.isDirectory() ? null : 'it is not a folder')
  if (flaw) return unsafe(flaw)
  if (await isBelow(home, stateDir)) return unsafe('your home folder is in it')
  if (await isBelow(process.argv[1] ?? '/', stateDir)) return unsafe('this program is in it')
  const { backupFolder, backupKeyPath, secretsIndexPath, sealedSecretsPath } = hostPaths
  const isIn = async (...paths: string[]) =>
    (await Promise.all(paths.map((path) => isBelow(path, stateDir)))).includes(true)
  if (!wishes.backups && (await isIn(backupFolder, backupKeyPath))) {
    return unsafe('your backups, or the key of them, are in it: add --backups to remove them, too')
  }
  if (!wishes.secrets && (await isIn(secretsIndexPath, sealedSecretsPath))) {
    return unsafe('your secrets are in it: add --secrets to remove them, too')
  }
  const elsewhere = await backupsElsewhere(hostPaths)
  if (elsewhere && (await isIn(elsewhere, backupKeyPath, sealedSecretsPath))) {
    return unsafe(`backups in ${elsewhere}, or what opens them, would go with it`)
  }
  // By its name it is a state of Moltbot's; any other one has to look like it.
  if (/^\.(?:clawdbot|moltbot)/.test(basename(stateDir))) return null
  if (existsSync(join(stateDir, '.git'))) return unsafe('it is the folder of a project')
  const hasConfig = ['moltbot.json', 'clawdbot.json'].some((name) => existsSync(join(stateDir, name)))
  return hasConfig ? null : unsafe('there is no moltbot.json in it')
}
