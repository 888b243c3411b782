import { parseEnv } from 'node:util'
import type { Problem } from '../../shared/problem.ts'
import { readTextFile } from './read-text-file.ts'

export type EnvFile =
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  | ({ readonly ok: false } & Problem)

/** The `NAME=value` lines of a `.env` file; no file is the same as an empty one. */
export async function readEnvFile(path: string): Promise<EnvFile> {
  const file = await readTextFile(path)
  if (!file.ok) return file
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(parseEnv(file.text ?? ''))) {
    if (name !== '__proto__' && value !== undefined) values[name] = value
  }
  return { ok: true, values }
}
