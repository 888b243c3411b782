import { type Problem, problem } from '../../shared/problem.ts'
import { type CheckedSchema, checkSchema, fittingConfig } from './check-schema.ts'
import { checkStateDir } from './check-state-dir.ts'
import { type ConfigIssue, issueAt, type LocatedIssue, locateIssue, locateIssues } from './config-issue.ts'
import type { MoltbotConfig } from './config-schema.ts'
import { type ConfigNode, dottedKey, type KeyPath, nearestNode, treeOf } from './config-tree.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { readEnvFile } from './env-file.ts'
import { type GatewayToken, resolveSecrets } from './gateway-token.ts'
import { type ResolvedIncludes, resolveIncludes } from './includes.ts'
import { parseSource } from './parse-source.ts'
import { type ReadFile, readTextFile } from './read-text-file.ts'
import type { SchemaIssue } from './schema/explain-issues.ts'
import type { Environment, StatePaths } from './state-paths.ts'
import { type Lookup, substitute } from './substitute.ts'
import { readWorkingEnvFile } from './working-env-file.ts'

export interface LoadedConfig {
  readonly ok: true
  /** The sections that this program reads fit their schema; the others are as written, references replaced. */
  readonly config: MoltbotConfig
  /**
   * What a client has to show: the token, or the password where `gateway.auth.mode` asks for that, or where it says
   * nothing and there is no token. Null where neither the configuration nor the environment has one.
   */
  readonly token: GatewayToken | null
  /** The password, whether it is asked for or not. */
  readonly password: GatewayToken | null
  /** What the files say but has no effect. */
  readonly warnings: readonly LocatedIssue[]
  /**
   * The files that were read, the first one first; empty where there is none. Last the working folder's `.env`, where
   * a reference has its value from there.
   */
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
 * Variables come from `env`, then the working folder's `.env` (where `paths` names one, see `readWorkingEnvFile`),
 * then the state folder's `.env`, then the configuration's own `env`. Every failure is a value, and all of one look
 * are told together; nothing is written. `read` gives the text of each file, by the path of the first and the real
 * path of an included one, for who asks what a changed one would mean. `isTolerant`: for another program, which has
 * a schema of its own; only a file that cannot be read is a failure then.
 */
export async function loadConfig(
  paths: StatePaths,
  env: Environment,
  read: ReadFile = readTextFile,
  isTolerant = false,
): Promise<ConfigOutcome> {
  const stateDir = await checkStateDir(paths.stateDir)
  if (!stateDir.ok) return { ...stateDir, others: [] }
  const envFile = await readEnvFile(paths.envFilePath)
  if (!envFile.ok) return { ...envFile, others: [] }
  const working = await readWorkingEnvFile(paths)
  const tree = await readTree(paths.configPath, read)
  if (!tree.ok) return { ...tree, others: [] }
  const { root, sources } = tree
  if (tree.problems.length > 0 && isTolerant) return refuse(tree.problems)

  const fromWorking = new Set<string>()
  const outer: Lookup = (name) => {
    const given = own(env, name)
    if (given) return given
    const found = own(working, name)
    if (found) fromWorking.add(name)
    return found || own(envFile.values, name)
  }
  const configEnv = readConfigEnv(root, outer)
  const lookup: Lookup = (name) => outer(name) || own(configEnv, name)

  const substituted = substitute(root, lookup)
  const checked = isTolerant ? await tolerated(substituted.value) : await checkSchema(substituted.value)
  const problems = [...tree.problems]
  if (!isTolerant) {
    problems.push(...(await problemsWith(root, substituted.issues, checked.ok ? [] : checked.issues)))
  }
  const locateKey = (key: KeyPath, detail: string) => locateIssue(issueAt(root, key, detail))
  if (!checked.ok || problems.length > 0) return refuse(problems)

  const { config } = checked
  const secrets = resolveSecrets(config, (key) => [
    { source: 'environment', path: 'environment', value: own(env, secretNames[key]) },
    { source: 'envFile', path: paths.envFilePath, value: own(envFile.values, secretNames[key]) },
    { source: 'config', path: paths.configPath, value: own(configEnv, secretNames[key]) },
  ])
  if (!secrets.ok && !isTolerant) {
    const { key, from, path, detail } = secrets
    if (from !== 'config') {
      return refuse([problem('CONFIG_REFUSED', { path, detail: `${secretNames[key]} ${detail}` })])
    }
    return refuse([problem('CONFIG_INVALID', await locateKey(['gateway', 'auth', key], detail))])
  }
  const unknown = checked.unknownKeys.map((issue) => ({ ...issue, node: nearestNode(root, issue.key) }))
  return {
    ok: true,
    config,
    token: secrets.ok ? secrets.token : null,
    password: secrets.ok ? secrets.password : null,
    warnings: isTolerant ? [] : [...(await locateIssues(unknown)), ...sources.flatMap(duplicateKeys)],
    sources: [
      ...sources.map(({ path }) => path),
      ...(paths.workingEnvFilePath && fromWorking.size > 0 ? [paths.workingEnvFilePath] : []),
    ],
    issueAt: locateKey,
  }
}

async function tolerated(value: unknown): Promise<Extract<CheckedSchema, { ok: true }>> {
  return { ok: true, config: await fittingConfig(value), unknownKeys: [] }
}

/** What is wrong with the values; of one that refers to nothing, only that. */
async function problemsWith(
  root: ConfigNode,
  missing: readonly ConfigIssue[],
  misfits: readonly SchemaIssue[],
): Promise<Problem[]> {
  const unset = new Set(missing.map(({ key }) => dottedKey(key)))
  const rest = misfits
    .filter(({ key }) => !unset.has(dottedKey(key)))
    .map((issue) => ({ ...issue, node: nearestNode(root, issue.key) }))
  const all = [...missing, ...rest]
  const located = (await locateIssues(all)).toSorted(
    (one, other) => one.path.localeCompare(other.path) || one.line - other.line || one.column - other.column,
  )
  const found = located.map((params) => problem('CONFIG_INVALID', params))
  const more = all.length - found.length
  if (more <= 0) return found
  return [...found, problem('CONFIG_MORE_INVALID', { path: root.source.path, more })]
}

export const tokenName = 'CLAWDBOT_GATEWAY_TOKEN'
export const passwordName = 'CLAWDBOT_GATEWAY_PASSWORD'
const secretNames = { token: tokenName, password: passwordName }

export type ConfigTree =
  | { readonly ok: true; readonly root: ConfigNode; readonly sources: readonly string[] }
  | ({ readonly ok: false } & Problem)

/** The configuration as written, with its includes; an empty object where there is no file. */
export async function readConfigTree(path: string, read: ReadFile = readTextFile): Promise<ConfigTree> {
  const tree = await readTree(path, read)
  if (!tree.ok) return tree
  const [first] = tree.problems
  if (first) return { ok: false, ...first }
  return { ok: true, root: tree.root, sources: tree.sources.map((source) => source.path) }
}

type ReadTree = ({ readonly ok: true } & ResolvedIncludes) | ({ readonly ok: false } & Problem)

async function readTree(path: string, read: ReadFile): Promise<ReadTree> {
  const file = await read(path)
  if (!file.ok) return file
  if (file.text === null)
    return { ok: true, root: treeOf({}, { path, text: '{}' }), sources: [], problems: [] }
  const parsed = parseSource({ path, text: file.text })
  return parsed.ok ? { ok: true, ...(await resolveIncludes(parsed.root, read)) } : parsed
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

function refuse([first, ...others]: readonly Problem[]): ConfigOutcome {
  if (!first) throw new Error('A refusal needs a problem')
  return { ok: false, ...first, others }
}
