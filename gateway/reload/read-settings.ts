import { createHash } from 'node:crypto'
import { checkSupported } from '../../host/config/check-supported.ts'
import { type LoadedConfig, loadConfig, tokenName } from '../../host/config/load-config.ts'
import { readTextFile } from '../../host/config/read-text-file.ts'
import type { Environment, StatePaths } from '../../host/config/state-paths.ts'
import { type Problem, problem } from '../../shared/problem.ts'

export interface ReadSettings {
  /** Null where the files as they are cannot come into force. */
  readonly loaded: LoadedConfig | null
  readonly problems: readonly Problem[]
  /** The files that were opened, whether or not they could be read. */
  readonly files: readonly string[]
  /** Of what they hold: the same text is the same mistake. */
  readonly digest: string
}

/**
 * Reads the configuration for a gateway that runs with `before`. What a start would take for "nothing is
 * configured" is a mistake here: a file or a secret that is gone must not open or close what the owner had chosen.
 */
export async function readSettings(
  paths: StatePaths,
  env: Environment,
  before: LoadedConfig,
): Promise<ReadSettings> {
  const files = new Set([paths.configPath, paths.envFilePath])
  const hash = createHash('sha256')
  const outcome = await loadConfig(paths, env, async (path) => {
    files.add(path)
    const file = await readTextFile(path)
    hash.update(`${path}\n${file.ok ? file.text : file.code}\n`)
    return file
  })
  const envFile = await readTextFile(paths.envFilePath)
  const digest = hash.update(envFile.ok ? (envFile.text ?? '') : envFile.code).digest('hex')
  const answer = (loaded: LoadedConfig | null, problems: readonly Problem[]): ReadSettings => ({
    loaded,
    problems,
    files: [...files],
    digest,
  })
  if (!outcome.ok) {
    return answer(null, [{ code: outcome.code, params: outcome.params } as Problem, ...outcome.others])
  }
  for (const path of outcome.sources) files.add(path)
  const found = (await checkSupported(outcome)) ?? lostWith(outcome, before, paths)
  return found ? answer(null, [found]) : answer(outcome, [])
}

function lostWith(now: LoadedConfig, before: LoadedConfig, paths: StatePaths): Problem | null {
  if (before.sources.length > 0 && now.sources.length === 0) {
    return problem('CONFIG_UNREADABLE', { path: paths.configPath, detail: 'the file is gone' })
  }
  const isWithoutToken = before.token !== null && now.token === null
  return isWithoutToken ? problem('TOKEN_MISSING', { path: paths.envFilePath, name: tokenName }) : null
}
