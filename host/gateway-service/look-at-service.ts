import { homedir } from 'node:os'
import { type ServiceView, serviceNames } from '../../shared/gateway-service.ts'
import { problem } from '../../shared/problem.ts'
import { readLinger } from './linger.ts'
import { findServiceManager, servicePath } from './open-service-manager.ts'
import { fileProblem, readServiceFile } from './read-service-file.ts'

/** The service as file and manager have it just now; also of use where no host runs. Never throws. */
export async function lookAtService(env: NodeJS.ProcessEnv): Promise<Omit<ServiceView, 'revision'>> {
  const { platform } = process
  const path = servicePath(env, platform)
  const found = findServiceManager(env, platform)
  const file = await readServiceFile(path, env, env.HOME || homedir())
  const unknown = { enabled: null, active: 'unknown', pid: null } as const
  const unit = platform === 'darwin' ? serviceNames.launchd : serviceNames.systemd
  if (!found.ok) {
    const noManager = problem(found.code, found.params)
    return { manager: null, unit, path, file: file.file, ...unknown, linger: null, problem: noManager }
  }
  const { manager } = found
  const [status, linger] = await Promise.all([
    manager.status(),
    manager.kind === 'systemd' ? readLinger(env) : null,
  ])
  const { enabled, active, pid } = status.ok ? status : unknown
  return {
    manager: manager.kind,
    unit,
    path,
    file: file.file,
    enabled,
    active,
    pid,
    linger,
    problem: fileProblem(file, path) ?? (status.ok ? null : problem(status.code, status.params)),
  }
}
