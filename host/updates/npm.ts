import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { outsideArchive } from '../outside-archive.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { type BoundedEnd, runBounded } from './run-bounded.ts'
import type { UpdateFigures } from './update-figures.ts'

export interface NpmParts {
  readonly nodePath: string
  /** `npm-cli.js` of the bundled npm. */
  readonly npmCliPath: string
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly figures: UpdateFigures
}

export type NpmEnd =
  | { readonly ok: true; readonly stdout: string }
  /** `code`: npm's or the system's, as `E404` or `ECONNREFUSED`, or why it was killed; or `''`. */
  | { readonly ok: false; readonly code: string; readonly detail: string; readonly registry: string }

/** What a person sets in the environment for npm; the rest of `npm_*` belongs to an npm that started us. */
const kept =
  /^npm_config_(?:registry|proxy|https_proxy|noproxy|cafile|ca|userconfig|globalconfig|strict_ssl)$/

/** Where npm came with this program, or null. */
export function bundledNpm(): string | null {
  try {
    const from = join(outsideArchive(import.meta.dirname), 'bundle.mjs')
    const manifest = createRequire(from).resolve('npm/package.json')
    return join(dirname(manifest), 'bin', 'npm-cli.js')
  } catch {
    return null
  }
}

/**
 * Runs npm as the user would: their `.npmrc`, registry, proxy and certificates count. It runs no package's
 * scripts and keeps nothing outside of `cwd`.
 */
export async function runNpm(
  parts: NpmParts,
  args: readonly string[],
  { cwd, limitMs, signal }: { readonly cwd: string; readonly limitMs: number; readonly signal: AbortSignal },
): Promise<NpmEnd> {
  const { nodePath, npmCliPath, env, table, figures } = parts
  const cache = await mkdtemp(join(cwd, '.npm-cache-'))
  try {
    const end = await runBounded({
      file: nodePath,
      args: [npmCliPath, ...args, ...settings(cache, figures)],
      cwd,
      env,
      keeps: Object.fromEntries(Object.entries(env).filter(([name]) => kept.test(name))),
      limitMs,
      maxOutputBytes: figures.maxAnswerBytes,
      maxMemoryBytes: figures.maxMemoryBytes,
      signal,
      table,
    })
    return endOf(end)
  } finally {
    await rm(cache, { recursive: true, force: true })
  }
}

function settings(cache: string, figures: UpdateFigures): string[] {
  return [
    '--json',
    '--ignore-scripts',
    '--allow-git=none',
    '--allow-file=none',
    '--allow-directory=none',
    '--no-update-notifier',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--logs-max=0',
    '--prefer-online',
    `--cache=${cache}`,
    `--fetch-retries=${figures.fetchRetries}`,
    `--fetch-retry-mintimeout=${Math.min(1_000, figures.fetchRetryMs)}`,
    `--fetch-retry-maxtimeout=${figures.fetchRetryMs}`,
    `--fetch-timeout=${figures.fetchLimitMs}`,
  ]
}

const killedBecause = {
  aborted: 'it was cancelled',
  time: 'it took too long',
  output: 'the answer is too large',
  memory: 'the answer takes too much memory',
} as const

function endOf(end: BoundedEnd): NpmEnd {
  if (end.kind === 'notStarted') return failure('', end.detail)
  if (end.kind === 'killed') return failure(end.why, killedBecause[end.why])
  if (end.code === 0) return { ok: true, stdout: end.stdout }
  const { code, summary } = errorIn(end.stdout)
  const said = summary || end.lastLines.slice(0, 3).join(' ') || `npm ended with code ${end.code}`
  return failure(code, said)
}

function failure(code: string, said: string): NpmEnd {
  const detail = said.replace(/\s+/g, ' ').trim().slice(0, 300)
  return { ok: false, code, detail, registry: originIn(said) }
}

/** With `--json`, npm writes what was wrong to its standard output. */
function errorIn(stdout: string): { code: string; summary: string } {
  try {
    const { error } = JSON.parse(stdout) as { error?: { code?: unknown; summary?: unknown } }
    return { code: String(error?.code ?? ''), summary: String(error?.summary ?? '') }
  } catch {
    return { code: '', summary: '' }
  }
}

/** What npm or the system said, with its code where that is theirs. */
export function saidBy({ code, detail }: Extract<NpmEnd, { ok: false }>): string {
  return /^E[A-Z0-9]/.test(code) ? `${code}: ${detail}` : detail
}

/** Without user and password, which an address may hold. */
function originIn(text: string): string {
  const found = /https?:\/\/[^\s'"]+/.exec(text)?.[0]
  return found && URL.canParse(found) ? new URL(found).origin : 'npm'
}
