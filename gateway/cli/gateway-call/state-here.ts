import { homedir } from 'node:os'
import { loadConfig } from '../../../host/config/load-config.ts'
import { resolveStatePaths, type StatePaths } from '../../../host/config/state-paths.ts'
import { withSecretNames } from '../../../host/config/with-secrets.ts'
import { workingDir } from '../../../host/config/working-dir.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { createMasker, type Masker } from '../../../host/masking/masker.ts'
import { storedSecretNames } from '../../../host/secrets/stored-names.ts'
import { fieldsOf } from '../../../shared/loose-value.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { SessionState } from '../../sessions/session-state.ts'
import type { OpenedLine } from './gateway-line.ts'
import { knownHere } from './known-here.ts'
import { type FoundAccess, findOwnAccess } from './own-access.ts'

/** The state folder as this command reads it by itself. */
export interface FilesHere {
  readonly state: SessionState
  readonly paths: StatePaths
  /** What is wrong with the configuration; what cannot be read of it counts as not set. */
  readonly flaw: Problem | null
  /** Masks every secret that can be read here. */
  readonly masker: Masker
}

export interface StateHere extends FilesHere {
  readonly access: FoundAccess
}

/** Never fails: a state without a configuration that can be read still has sessions and credentials. */
export async function readStateHere(portFlag?: string): Promise<StateHere> {
  const access = await findOwnAccess(portFlag)
  // Also where the secrets are locked away, the rest of the configuration can be read.
  if (access.kind === 'problem') return { ...(await readFilesHere()), access, flaw: access.problem }
  if (access.kind !== 'access') return { ...(await readFilesHere()), access }
  const { paths, secrets, flaw } = access
  const config = fieldsOf(access.config)
  const known = await knownHere(paths, process.env, config, secrets)
  const state = { config, stateDir: paths.stateDir, home: homedir() }
  return { state, paths, access, flaw, masker: createMasker(() => known) }
}

/** The host has masked what it tells, and reads the owner's secrets alone: without one, this command does both. */
export function stateBeside(line: OpenedLine, portFlag?: string): Promise<FilesHere> {
  return line.kind === 'line' && line.host ? readFilesHere() : readStateHere(portFlag)
}

/** Asks for no secret: each that is kept has a stand-in in the configuration. Never fails. */
export async function readFilesHere(): Promise<FilesHere> {
  const { env, platform } = process
  const home = homedir()
  const paths = resolveStatePaths(env, home, workingDir())
  const names = await storedSecretNames(resolveHostPaths(env, home, platform).secretsIndexPath)
  const standIns = withSecretNames(env, names)
  const strict = await loadConfig(paths, standIns)
  const loaded = strict.ok ? strict : await loadConfig(paths, standIns, undefined, true)
  const config = loaded.ok ? fieldsOf(loaded.config) : {}
  const known = await knownHere(paths, env, config, [])
  return {
    state: { config, stateDir: paths.stateDir, home },
    paths,
    flaw: strict.ok ? null : ({ code: strict.code, params: strict.params } as Problem),
    masker: createMasker(() => known),
  }
}
