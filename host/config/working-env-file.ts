import { constants } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { readEnvFile } from './env-file.ts'
import type { StatePaths } from './state-paths.ts'

/**
 * Names that decide where state, configuration, port, secrets or programs are: a folder that somebody happens to
 * stand in has no say in these.
 */
const deciding =
  /^(?:MOLTBOT|CLAWDBOT|OPENCLAW|NODE|NPM|LD|DYLD|XDG|ELECTRON)_|^(?:HOME|PATH|SHELL|USER|TMPDIR|TEMP|TMP)$|_PROXY$/i

/**
 * The variables of the `.env` in the folder a command was given in, which `${NAME}` of the configuration may refer
 * to. Only of a file that is ours and that nobody else can write; without the names that decide where things are.
 * What is no such file has none, and is no failure: it belongs to something else.
 */
export async function readWorkingEnvFile({
  workingEnvFilePath: path,
}: StatePaths): Promise<Readonly<Record<string, string>>> {
  if (path === undefined || !(await isOurs(path))) return {}
  const file = await readEnvFile(path)
  if (!file.ok) return {}
  return Object.fromEntries(Object.entries(file.values).filter(([name]) => !deciding.test(name)))
}

async function isOurs(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => null)
  if (!stats?.isFile() || stats.uid !== process.geteuid?.()) return false
  return (stats.mode & (constants.S_IWGRP | constants.S_IWOTH)) === 0
}
