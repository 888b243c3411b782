import { createHash } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { type Problem, problem } from '../../../shared/problem.ts'
import { type ConfigOutcome, type ConfigTree, loadConfig, readConfigTree } from '../load-config.ts'
import { type ReadFile, readTextFile } from '../read-text-file.ts'
import type { Environment, StatePaths } from '../state-paths.ts'

export interface ConfigPlace {
  readonly paths: StatePaths
  /** What `${NAME}` sees; a stand-in for each secret will do. */
  readonly env: Environment
}

/** The configuration's files as they are at one moment, well or not. */
export interface ConfigState {
  readonly ok: true
  /** The first file's text without a byte order mark; null where there is none. */
  readonly text: string | null
  /** sha256 of the first file's bytes, in hex; of nothing, where there is none. */
  readonly hash: string
  /** As written, with its includes. */
  readonly tree: ConfigTree
  readonly loaded: ConfigOutcome
}

/** Reads all of it. A first file that cannot be read is a problem; what is wrong in it, is in the answer. */
export async function lookAtConfig(place: ConfigPlace): Promise<ConfigState | ({ ok: false } & Problem)> {
  const { configPath: path } = place.paths
  const found = await readTextFile(path)
  if (!found.ok) return found
  const bytes = found.text === null ? Buffer.of() : await readBytes(path)
  if (!bytes || textOf(bytes) !== (found.text ?? '')) {
    return { ok: false, ...problem('CONFIG_CHANGED_MEANWHILE', { path }) }
  }
  const hash = createHash('sha256').update(bytes).digest('hex')
  const read: ReadFile = async (asked) => (asked === path ? found : readTextFile(asked))
  const tree = await readConfigTree(path, read)
  return { ok: true, text: found.text, hash, tree, loaded: await loadConfig(place.paths, place.env, read) }
}

async function readBytes(path: string): Promise<Buffer | null> {
  return readFile(await realpath(path)).catch(() => null)
}

/** What its bytes say; the reader of configurations leaves a byte order mark out too. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes)
}
