import { existsSync, statSync } from 'node:fs'
import { access, chmod, constants, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Problem, problem } from '../shared/problem.ts'
import { expandHome } from './config/state-paths.ts'

export interface HostPaths {
  /** Settings, timeline, run record, metrics. */
  readonly hostDir: string
  /** The control socket, in a folder only this user may enter. */
  readonly socketPath: string
  readonly lockPath: string
  readonly runRecordPath: string
  readonly intentPath: string
  readonly timelinePath: string
  readonly metricsPath: string
  readonly settingsPath: string
  /** Where terminals may be opened. */
  readonly terminalPath: string
  /** Which secrets there are, and where; no values. */
  readonly secretsIndexPath: string
  /** The secrets of an owner who keeps them in a file of their own, sealed with a passphrase. */
  readonly sealedSecretsPath: string
  /** The backup key of an owner without keychain and without sealed file. */
  readonly backupKeyPath: string
  /** What the owner chose for backups, and how the last ones ended. */
  readonly backupsPath: string
  /** Where a backup's copies are while it is made. */
  readonly backupWorkDir: string
  /** Where backups go unless the owner names another folder. */
  readonly backupFolder: string
  /** Which gateways are installed, and which one is used. */
  readonly gatewaysPath: string
  /** The installed gateways, a folder each. */
  readonly gatewaysDir: string
  /** What the owner chose for updates, and what was found last. */
  readonly updatesPath: string
}

/**
 * Where the host keeps its own things. `MOLTBOT_HOST_DIR` replaces all of it, the socket included, so
 * that a second host may be run apart on purpose. Otherwise the socket's place depends on the user and
 * the machine only, never on the session's environment: a host started over ssh and one started from
 * the desktop must find each other. All paths are absolute.
 */
export function resolveHostPaths(env: NodeJS.ProcessEnv, home: string, platform: string): HostPaths {
  // Without a slash at its end, behind which a link would not be seen as one.
  const own = env.MOLTBOT_HOST_DIR && expandHome(env.MOLTBOT_HOST_DIR, home)
  const hostDir = own || join(dataFolder(env, home, platform), 'moltbot-desktop', 'host')
  const runtime = own ? null : linuxRuntimeFolder(platform)
  return {
    hostDir,
    socketPath: runtime ? join(runtime, 'moltbot-desktop', 'host.sock') : join(hostDir, 'run', 'host.sock'),
    lockPath: join(hostDir, 'host.lock'),
    runRecordPath: join(hostDir, 'run-record.json'),
    intentPath: join(hostDir, 'intent.json'),
    timelinePath: join(hostDir, 'timeline.jsonl'),
    metricsPath: join(hostDir, 'metrics.json'),
    settingsPath: join(hostDir, 'settings.json'),
    terminalPath: join(hostDir, 'terminal.json'),
    secretsIndexPath: join(hostDir, 'secrets.json'),
    sealedSecretsPath: join(hostDir, 'secrets.age'),
    backupKeyPath: join(hostDir, 'backup-key.txt'),
    backupsPath: join(hostDir, 'backups.json'),
    backupWorkDir: join(hostDir, 'backup-work'),
    backupFolder: own ? join(own, 'backups') : join(dirname(hostDir), 'backups'),
    gatewaysPath: join(hostDir, 'gateways.json'),
    gatewaysDir: join(hostDir, 'gateways'),
    updatesPath: join(hostDir, 'updates.json'),
  }
}

function dataFolder(env: NodeJS.ProcessEnv, home: string, platform: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  // The specification of XDG_DATA_HOME has relative paths ignored.
  const named = env.XDG_DATA_HOME
  return named?.startsWith('/') ? named : join(home, '.local', 'share')
}

function linuxRuntimeFolder(platform: string): string | null {
  const uid = process.getuid?.()
  const folder = `/run/user/${uid}`
  if (platform !== 'linux' || !existsSync(folder)) return null
  const found = statSync(folder)
  return found.uid === uid && (found.mode & 0o077) === 0 ? folder : null
}

/** Makes the host's folder, for this user alone. Returns what is wrong with it, or null. */
export async function prepareHostDir(path: string): Promise<Problem | null> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    const found = await stat(path)
    if (found.uid !== process.getuid?.()) {
      return problem('HOST_DIR_UNUSABLE', { path, detail: `it belongs to user ${found.uid}` })
    }
    await access(path, constants.W_OK)
    await chmod(path, 0o700)
    return null
  } catch (error) {
    return problem('HOST_DIR_UNUSABLE', {
      path,
      detail: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}

/** A full or broken disk under the host's own folder, as a problem; null where the error is a fault of ours. */
export function whyHostDirFails(error: unknown, hostDir: string): Problem | null {
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (!code || !syscall) return null
  return problem('HOST_DIR_UNUSABLE', { path: path ?? hostDir, detail: code })
}
