import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, readFile, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Problem } from '../../shared/problem.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { checkStateDir } from './check-state-dir.ts'
import { loadConfig, tokenName } from './load-config.ts'
import { readTextFile } from './read-text-file.ts'
import type { Environment, StatePaths } from './state-paths.ts'

export type FirstRunOutcome =
  /** Paths that were written, in order; empty where nothing was missing. */
  { readonly ok: true; readonly written: readonly string[] } | ({ readonly ok: false } & Problem)

/** Makes a token and keeps it. Resolves to what to tell the owner: the file, or the keychain's name. */
export type GiveToken = (envFilePath: string) => Promise<string>

const firstConfig = `// Configuration of Moltbot. JSON5: comments and trailing commas are fine.
{
  gateway: {
    mode: "local",
    auth: {
      // The value is in the keychain, in the file .env beside this one, or in the environment.
      token: "\${${tokenName}}",
    },
  },
}
`

/**
 * Writes what a gateway needs and does not find: state folder (0700), configuration (0600), token (where
 * `giveToken` keeps it). What exists is never touched, and a configuration that cannot be read stops all.
 */
export async function writeWhatIsMissing(
  paths: StatePaths,
  env: Environment,
  giveToken: GiveToken = (path) => appendToken(path).then(() => path),
): Promise<FirstRunOutcome> {
  const stateDir = await checkStateDir(paths.stateDir)
  if (!stateDir.ok) return stateDir
  const config = await readTextFile(paths.configPath)
  if (!config.ok) return config
  const isTokenMissing = await lacksToken(paths, env)
  if (typeof isTokenMissing !== 'boolean') return isTokenMissing

  const written: string[] = []
  let path = paths.stateDir
  try {
    if (!stateDir.exists) {
      await mkdir(path, { recursive: true, mode: 0o700 })
      written.push(path)
    } else if (config.text === null || isTokenMissing) {
      await access(path, constants.W_OK)
    }
    // The token first: a configuration must never name a variable that is not there.
    if (isTokenMissing) {
      path = paths.envFilePath
      written.push(await giveToken(path))
    }
    if (config.text === null) {
      path = paths.configPath
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFileAtomically(path, firstConfig)
      written.push(path)
    }
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error)
    return { ok: false, code: 'STATE_DIR_NOT_WRITABLE', params: { path: dirname(path), detail } }
  }
  return { ok: true, written }
}

/**
 * A configuration that reads well as soon as the token is there lacks nothing else, also where it
 * refers to the variable by name.
 */
async function lacksToken(paths: StatePaths, env: Environment): Promise<boolean | ({ ok: false } & Problem)> {
  const now = await loadConfig(paths, env)
  if (now.ok) return now.token === null
  const withToken = await loadConfig(paths, { ...env, [tokenName]: 'stand-in' })
  return withToken.ok && !env[tokenName] ? true : now
}

/** An existing file keeps its bytes, also where it is reached through a link. */
async function appendToken(path: string): Promise<void> {
  const line = Buffer.from(`${tokenName}=${randomBytes(32).toString('base64url')}\n`)
  const existing = await realpath(path).catch(() => null)
  if (!existing) return writeFileAtomically(path, line)
  const bytes = await readFile(existing)
  const isLineOpen = bytes.length > 0 && bytes.at(-1) !== 0x0a
  await writeFileAtomically(existing, Buffer.concat([bytes, Buffer.from(isLineOpen ? '\n' : ''), line]))
}
