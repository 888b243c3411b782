import { join } from 'node:path'
import type { LoggingConfig } from './config-schema.ts'
import { type Environment, expandHome } from './state-paths.ts'

export const defaultLogFolder = '/tmp/moltbot'

export type LogTarget =
  /** One file a local day in `folder`, kept for seven days. */
  | { readonly kind: 'dated'; readonly folder: string }
  /** The file the configuration names; its rotation is the owner's. */
  | { readonly kind: 'named'; readonly path: string }

export interface LogPlace {
  readonly env: Environment
  readonly home: string
  readonly logging: LoggingConfig | undefined
}

/** `logging.file` > `MOLTBOT_LOG_DIR` > `/tmp/moltbot`. */
export function chooseLogTarget({ env, home, logging }: LogPlace): LogTarget {
  if (logging?.file) return { kind: 'named', path: expandHome(logging.file, home) }
  const folder = env.MOLTBOT_LOG_DIR?.trim()
  return { kind: 'dated', folder: folder ? expandHome(folder, home) : defaultLogFolder }
}

/** Where the log goes while the first choice is not safe or not writable. */
export function fallbackLogFolder(stateDir: string): string {
  return join(stateDir, 'logs')
}

/**
 * The access log lies in the folder of the log itself, one file a local day, kept for seven days. A file that
 * the configuration names stands among others’: there is nothing to be removed by its name there, so that
 * the state's own folder of logs is taken then.
 */
export function accessLogTarget(target: LogTarget, stateDir: string): LogTarget & { readonly kind: 'dated' } {
  return target.kind === 'dated' ? target : { kind: 'dated', folder: fallbackLogFolder(stateDir) }
}

/** `moltbot-2026-01-30.log`, by the local calendar as in the manual's `date +%Y-%m-%d`. */
export function datedLogName(date: Date): string {
  return `moltbot-${localDay(date)}.log`
}

/** `access-2026-01-30.log`; no pattern that finds the log finds it. */
export function datedAccessLogName(date: Date): string {
  return `access-${localDay(date)}.log`
}

function localDay(date: Date): string {
  const day = String(date.getDate()).padStart(2, '0')
  const month = String(date.getMonth() + 1).padStart(2, '0')
  return `${date.getFullYear()}-${month}-${day}`
}
