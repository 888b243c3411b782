import { lstat, readlink } from 'node:fs/promises'
import type { ServiceView } from '../../shared/gateway-service.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { readTextFile } from '../config/read-text-file.ts'
import { type Environment, resolveStatePaths } from '../config/state-paths.ts'
import { readLaunchdPlist } from './launchd-plist.ts'
import { judgeServiceFile } from './service-file.ts'
import { readSystemdUnit } from './systemd-unit.ts'

export interface FoundServiceFile {
  readonly file: ServiceView['file']
  /** What it runs, for whoever has to decide about a file that is not ours. */
  readonly runs: string
  /** Why it cannot be read. */
  readonly detail: string | null
}

/**
 * Whose the file is. A link is never ours, and neither is a unit of ours for another state folder: each was
 * put there by somebody who meant it.
 */
export async function readServiceFile(
  path: string,
  env: Environment,
  home: string,
): Promise<FoundServiceFile> {
  const link = await linkTarget(path)
  if (link !== null) return { file: 'foreign', runs: `→ ${link}`, detail: null }
  const read = await readTextFile(path)
  if (!read.ok) {
    const detail = 'detail' in read.params ? read.params.detail : read.code
    return { file: 'unreadable', runs: '', detail }
  }
  if (read.text === null) return { file: 'absent', runs: '', detail: null }
  const { runs, environment } = parseServiceFile(path, read.text)
  const whose = judgeServiceFile(read.text)
  const isForAnother = whose === 'ours' && !isSameState(environment, env, home)
  return { file: isForAnother ? 'foreign' : whose, runs, detail: null }
}

/** Why a service file is not simply ours to change. */
export function fileProblem({ file, runs, detail }: FoundServiceFile, path: string): Problem | null {
  switch (file) {
    case 'foreign':
      return problem('SERVICE_FILE_FOREIGN', { path, runs })
    case 'edited':
      return problem('SERVICE_FILE_EDITED', { path })
    case 'unreadable':
      return problem('SERVICE_FILE_UNREADABLE', { path, detail: detail ?? '' })
    case 'absent':
    case 'ours':
      return null
  }
}

/** Whether that file's service runs a gateway on the same state as `env` names. */
export async function isForState(path: string, env: Environment, home: string): Promise<boolean> {
  const read = await readTextFile(path)
  return (
    read.ok && read.text !== null && isSameState(parseServiceFile(path, read.text).environment, env, home)
  )
}

function isSameState(environment: Environment, env: Environment, home: string): boolean {
  return resolveStatePaths(environment, home).stateDir === resolveStatePaths(env, home).stateDir
}

export function parseServiceFile(path: string, text: string) {
  return path.endsWith('.plist') ? readLaunchdPlist(text) : readSystemdUnit(text)
}

async function linkTarget(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null)
  return found?.isSymbolicLink() ? readlink(path) : null
}
