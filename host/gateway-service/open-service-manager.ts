import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { serviceNames } from '../../shared/gateway-service.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { launchdManager } from './launchd-manager.ts'
import { isForState } from './read-service-file.ts'
import type { ServiceManager } from './service-manager.ts'
import { systemdManager } from './systemd-manager.ts'

export type FoundManager =
  | { readonly ok: true; readonly manager: ServiceManager }
  | ({ readonly ok: false } & Problem<'SERVICE_NO_MANAGER'>)

/** The manager of this user's services, or null. Starts no process: cheap where there is none. */
export function openServiceManager(env: NodeJS.ProcessEnv, platform: string): ServiceManager | null {
  const found = findServiceManager(env, platform)
  return found.ok ? found.manager : null
}

/** The same, with the reason. */
export function findServiceManager(env: NodeJS.ProcessEnv, platform: string): FoundManager {
  const home = env.HOME || homedir()
  const uid = process.getuid?.() ?? 0
  const path = servicePath(env, platform)
  const isForOurState = (file: string) => isForState(file, env, home)
  if (platform === 'darwin') {
    return { ok: true, manager: launchdManager({ env, uid, path, isForOurState }) }
  }
  const runtime = env.XDG_RUNTIME_DIR || `/run/user/${uid}`
  if (!isOnPath('systemctl', env)) return none('systemctl is not installed')
  // Its own socket, or the bus: without either there is no manager to ask, and systemctl would only wait.
  if (![join(runtime, 'systemd', 'private'), join(runtime, 'bus')].some((socket) => existsSync(socket))) {
    return none(`no systemd user session in ${runtime}`)
  }
  const withRuntime = { ...env, XDG_RUNTIME_DIR: runtime }
  return { ok: true, manager: systemdManager({ env: withRuntime, path, isForOurState }) }
}

/** Where the service's file is, or would be. */
export function servicePath(env: NodeJS.ProcessEnv, platform: string): string {
  const home = env.HOME || homedir()
  if (platform === 'darwin') return join(home, 'Library', 'LaunchAgents', `${serviceNames.launchd}.plist`)
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config')
  return join(config, 'systemd', 'user', serviceNames.systemd)
}

function none(detail: string): FoundManager {
  return { ok: false, ...problem('SERVICE_NO_MANAGER', { detail }) }
}

function isOnPath(program: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(delimiter).some((at) => at !== '' && existsSync(join(at, program)))
}
