import type { NpmParts } from './npm.ts'
import { runBounded } from './run-bounded.ts'

/** Of the Node that would run a gateway, as `24.18.1`; under a desktop shell that is another one than ours. */
export async function nodeVersion({ nodePath, env, table, figures }: NpmParts): Promise<string> {
  if (nodePath === process.execPath) return process.versions.node
  const end = await runBounded({
    file: nodePath,
    args: ['--version'],
    cwd: '/',
    env,
    limitMs: figures.versionLimitMs,
    maxOutputBytes: 4_096,
    maxMemoryBytes: figures.maxMemoryBytes,
    signal: new AbortController().signal,
    table,
  })
  return end.kind === 'ended' ? end.stdout.trim().replace(/^v/, '') : '0.0.0'
}
