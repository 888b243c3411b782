import { lstat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { bytesIn } from '../../../host/updates/folder-use.ts'
import { hostFolders, isRecord } from './host-folder.ts'
import { nothingToDo, type Removable, type UninstallGround } from './removable.ts'
import { bytesOf, countOf, ownFiles, removeEmpty, removeFiles, removeOwn } from './remove-own.ts'

/**
 * What the host keeps for itself, name by name: whatever else lies in its folder is none of ours. Secrets and backups
 * are for others to find, and its lock goes last.
 */
export async function findHostData({
  hostPaths,
  uid,
  env,
  home,
  platform,
}: UninstallGround): Promise<Removable[]> {
  const { hostDir, socketPath, backupsPath } = hostPaths
  if (await isLink(hostDir)) {
    const kept = 'it is a link: what it leads to is yours to remove'
    return [{ what: 'data of the host', place: hostDir, bytes: null, kept, remove: nothingToDo }]
  }
  const files = await ownFiles(
    hostDir,
    uid,
    (name) => join(hostDir, name) !== backupsPath && isRecord(name, hostPaths),
  )
  const found: Removable[] = []
  if (files.length > 0) {
    found.push({
      what: 'records of the host: settings, timeline, figures',
      place: `${hostDir} (${countOf(files)})`,
      bytes: bytesOf(files),
      kept: null,
      remove: () => removeFiles(files, uid),
    })
  }
  const windowData = join(appData(env, home, platform), 'moltbot-desktop', 'shell')
  const elsewhere: (readonly [string, string])[] = [
    [socketPath, 'the control socket'],
    // With a host folder of its own, the window's is in there.
    ...(env.MOLTBOT_HOST_DIR ? [] : [[windowData, hostFolders.shell ?? ''] as const]),
  ]
  const inside = Object.entries(hostFolders).map(([name, what]) => [join(hostDir, name), what] as const)
  const isInRun = dirname(socketPath) === join(hostDir, 'run')
  const wanted = [...inside, ...elsewhere].filter(([path]) => path !== socketPath || !isInRun)
  return [...found, ...(await findPlaces(wanted, uid))]
}

/** What programs of ours may run from: copies out of AppImages, and the bytecode of the command line. */
export async function findCopies({
  hostPaths,
  uid,
  env,
  home,
  platform,
}: UninstallGround): Promise<Removable[]> {
  const copies = [
    join(hostPaths.hostDir, 'runtime'),
    'copies of the runtime that came out of AppImages',
  ] as const
  const bytecode = [cacheFolder(env, home, platform), 'bytecode of the command line'] as const
  const places = [
    ...((await isLink(hostPaths.hostDir)) ? [] : [copies]),
    ...(env.CLAWDBOT_PROFILE ? [] : [bytecode]),
  ]
  return findPlaces(places, uid)
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isSymbolicLink() === true
}

async function findPlaces(places: readonly (readonly [string, string])[], uid: number): Promise<Removable[]> {
  const found: Removable[] = []
  for (const [path, what] of places) {
    const stats = await lstat(path).catch(() => null)
    if (!stats) continue
    const bytes = stats.isDirectory() ? await bytesIn(path, AbortSignal.timeout(20_000)) : null
    const remove = async () => {
      const detail = await removeOwn(path, uid)
      // Folders that only this program makes.
      if (basename(dirname(path)) === 'moltbot-desktop') await removeEmpty(dirname(path), uid)
      return detail
    }
    found.push({ what, place: path, bytes, kept: null, remove })
  }
  return found
}

/** Where the desktop shell keeps its window's data, as Electron names that folder. */
function appData(env: NodeJS.ProcessEnv, home: string, platform: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  return env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config')
}

/** As the launcher chooses it. */
function cacheFolder(env: NodeJS.ProcessEnv, home: string, platform: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'moltbot-desktop', 'compiled')
  const named = env.XDG_CACHE_HOME
  return join(named?.startsWith('/') ? named : join(home, '.cache'), 'moltbot-desktop', 'compiled')
}
