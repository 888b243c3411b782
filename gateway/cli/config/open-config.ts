import { homedir } from 'node:os'
import type { ConfigPlace } from '../../../host/config/edit/config-state.ts'
import { type KeyStep, parseKey } from '../../../host/config/edit/key-path.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { withSecretNames } from '../../../host/config/with-secrets.ts'
import { workingDir } from '../../../host/config/working-dir.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { storedSecretNames } from '../../../host/secrets/stored-names.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import { failWith } from '../tell.ts'

export interface OpenedConfig extends ConfigPlace {
  readonly home: string
  /** The names of secrets that are kept; their values are stand-ins here. */
  readonly storedNames: readonly string[]
}

/** The live configuration, with a stand-in for each secret that is kept: no keychain is asked. */
export async function openConfig(): Promise<OpenedConfig> {
  const { env, platform } = process
  const home = homedir()
  const storedNames = await storedSecretNames(resolveHostPaths(env, home, platform).secretsIndexPath)
  return {
    paths: resolveStatePaths(env, home, workingDir()),
    env: withSecretNames(env, storedNames),
    home,
    storedNames,
  }
}

/** The steps of a key as typed; else the exit code, and why is said. */
export function readKey(key: string, isJson: boolean): readonly KeyStep[] | number {
  const parsed = parseKey(key)
  if (parsed.ok) return parsed.steps
  failWith(problem('CONFIG_KEY_INVALID', { detail: parsed.detail }), isJson)
  return exitCode.wrongUsage
}
