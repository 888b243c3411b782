import type { Problem } from '../../shared/problem.ts'
import { checkSchema, fittingConfig } from './check-schema.ts'
import { checkStateDir } from './check-state-dir.ts'
import { issueAt, type LocatedIssue, locateIssue, locateIssues } from './config-issue.ts'
import type { MoltbotConfig } from './config-schema.ts'
import { type ConfigNode, type KeyPath, treeOf } from './config-tree.ts'
import { readEnvFile } from './env-file.ts'
import { type GatewayToken, resolveToken } from './gateway-token.ts'
import { resolveIncludes } from './includes.ts'
import { parseSource } from './parse-source.ts'
import { readTextFile, type TextFile } from './read-text-file.ts'
import type { Environment, StatePaths } from './state-paths.ts'
import { type Lookup, substitute } from './substitute.ts'

export interface LoadedConfig {
  readonly ok: true
  /** Sections `gateway` and `logging` fit their schema; the others are as written, references replaced. */
  readonly config: MoltbotConfig
  /** Null where neither the configuration nor the environment has one. */
  readonly token: GatewayToken | null
  /** What the files say but nothing reads. */
  readonly warnings: readonly LocatedIssue[]
  /** The files that were read, the first one first; empty where there is none. */
  readonly sources: readonly string[]
  /** Names the place of `key`, for a caller that cannot go along with its value. */
  readonly issueAt: (key: KeyPath, detail: string) => Promise<LocatedIssue>
}

export type ConfigOutcome =
  | LoadedConfig
  /** `others` are further problems of the same files, found in the same look. */
  | ({ readonly ok: false; readonly others: readonly Problem[] } & Problem)

/**
 * Reads the configuration: JSON5, `$include`, `${NAME}`, schema. A missing file means the defaults.
 * Variables come from `env`, then the state folder's `.env`, then the configuration's own `env`.
 * Every failure is a value; nothing is written. `readFirst` gives the text of the first file, for who asks
 * what a changed one would mean. `isTolerant`: for another program, which has a schema of its own; only a file
 * that cannot be read is a failure then.
 */
export async function loadConfig(
  paths: StatePaths,
  env: Environment,
  readFirst: (path: string) => Promise<TextFile> = readTextFile,
  isTolerant = false,
): Promise<ConfigOutcome> {
  const stateDir = await checkStateDir(paths.stateDir)
  if (!stateDir.ok) return { ...stateDir, others: [] }
  const envFile = await readEnvFile(paths.envFilePath)
  if (!envFile.ok) return { ...envFile, others: [] }
  const tree = await readConfigTree(paths.configPath, readFirst)
  if (!tree.ok) return { ...tree, others: [] }

  const outer: Lookup = (name) => own(env, name) || own(envFile.values, name)
  const configEnv = readConfigEnv(tree.root, outer)
  const lookup: Lookup = (name) => outer(name) || own(configEnv, name)

  const substituted = substitute(tree.root, lookup)
  if (substituted.issues.length > 0 && !isTolerant) return refuse(await locateIssues(substituted.issues))
  const checked = isTolerant ? tolerated(substituted.value) : checkSchema(substituted.value)
  if (!checked.ok) {
    return refuse(
      await locateIssues(checked.issues.map(({ key, detail }) => issueAt(tree.root, key, detail))),
    )
  }
  const locateKey = (key: KeyPath, detail: string) => locateIssue(issueAt(tree.root, key, detail))
  const token = resolveToken(checked.config, [
    { source: 'environment', path: 'environment', value: own(env, tokenName) },
    { source: 'envFile', path: paths.envFilePath, value: own(envFile.values, tokenName) },
    { source: 'config', path: paths.configPath, value: own(configEnv, tokenName) },
  ])
  if (!token.ok && isTolerant) {
    const { config } = checked
    return { ok: true, config, token: null, warnings: [], sources: tree.sources, issueAt: locateKey }
  }
  if (!token.ok) {
    if (token.from === 'config') return refuse([await locateKey(['gateway', 'auth', 'token'], token.detail)])
    const detail = `${tokenName} ${token.detail}`
    return { ok: false, code: 'CONFIG_REFUSED', params: { path: token.path, detail }, others: [] }
  }
  const warnings = await locateIssues(
    checked.unknownKeys.map(({ key, detail }) => issueAt(tree.root, key, detail)),
  )
  const { config } = checked
  return { ok: true, config, token: token.token, warnings, sources: tree.sources, issueAt: locateKey }
}

function tolerated(value: unknown): Extract<ReturnType<typeof checkSchema>, { ok: true }> {
  return { ok: true, config: fittingConfig(value), unknownKeys: [] }
}

export const tokenName = 'CLAWDBOT_GATEWAY_TOKEN'

export type ConfigTree =
  | { readonly ok: true; readonly root: ConfigNode; readonly sources: readonly string[] }
  | ({ readonly ok: false } & Problem)

/** The configuration as written, with its includes; an empty object where there is no file. */
export async function readConfigTree(
  path: string,
  read: (path: string) => Promise<TextFile> = readTextFile,
): Promise<ConfigTree> {
  const file = await read(path)
  if (!file.ok) return file
  if (file.text === null) return { ok: true, root: treeOf({}, { path, text: '{}' }), sources: [] }
  const parsed = parseSource({ path, text: file.text })
  return parsed.ok ? resolveIncludes(parsed.root) : parsed
}

/** `env: { NAME: "…", vars: { NAME: "…" } }`. Its own references see the outer variables only. */
function readConfigEnv(root: ConfigNode, lookup: Lookup): Record<string, string> {
  const values: Record<string, string> = {}
  const section = root.kind === 'object' ? root.entries.get('env') : undefined
  if (section?.kind !== 'object') return values
  const vars = section.entries.get('vars')
  for (const entries of [vars?.kind === 'object' ? vars.entries : [], section.entries]) {
    for (const [name, node] of entries) {
      const { value } = substitute(node, lookup)
      if (typeof value === 'string') values[name] = value
    }
  }
  return values
}

function own(values: Environment, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

function refuse(issues: readonly LocatedIssue[]): ConfigOutcome {
  const [first, ...others] = issues.map(
    (params): Problem<'CONFIG_INVALID'> => ({ code: 'CONFIG_INVALID', params }),
  )
  if (!first) throw new Error('A refusal needs an issue')
  return { ok: false, ...first, others }
}
