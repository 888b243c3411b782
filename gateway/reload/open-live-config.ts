import type { LoadedConfig } from '../../host/config/load-config.ts'
import type { Environment, StatePaths } from '../../host/config/state-paths.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Logger } from '../log/logger.ts'
import type { LiveConfig } from './live-config.ts'
import { planReload } from './plan-reload.ts'
import { readSettings } from './read-settings.ts'
import { sayProblems } from './say-problems.ts'
import { watchFiles } from './watch-files.ts'

export interface LiveConfigParts {
  readonly paths: StatePaths
  /** With the secrets that this process was handed; asked anew for each look. */
  readonly env: () => Environment
  /** What the gateway was started with. */
  readonly loaded: LoadedConfig
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /** A change came into force; `keys` are dotted. Before the listeners of `onChange`. */
  readonly onHot?: (now: LoadedConfig, before: LoadedConfig, keys: readonly string[]) => void
  /**
   * A change needs a new life of the server. `current()` stays as it was until `adopt(now)`, so that what could not
   * be served leaves no trace; called once for each content of the files.
   */
  readonly onRestart: (reason: string, keys: readonly string[], now: LoadedConfig) => void
}

export interface OpenLiveConfig extends LiveConfig {
  /** The files as they are now, at once; resolves when what they say is in force, refused or handed to `onRestart`. */
  reload(): Promise<void>
  /** A new life of the server serves these. */
  adopt(loaded: LoadedConfig): void
  close(): void
}

const defaultDebounceMs = 300
/** Someone who writes without a pause is read all the same. */
const longestWait = 10

/**
 * Follows the files of the configuration (the first, each include, the state folder's `.env`) and brings what
 * changed into force by `gateway.reload.mode`. A change that is not valid keeps what runs and is said once for each
 * content, after a second look, because an editor may be in the middle of its writing.
 */
export function openLiveConfig(parts: LiveConfigParts): OpenLiveConfig {
  const { paths, logger } = parts
  let inForce = parts.loaded
  let problems: readonly Problem[] = []
  let said: string | null = null
  let asked: string | null = null
  let left = ''
  let isClosed = false
  let timer: NodeJS.Timeout | null = null
  let dueAt = 0
  let underWay: Promise<void> = Promise.resolve()
  const listeners = new Set<(now: LoadedConfig, before: LoadedConfig) => void>()
  const watched = watchFiles(schedule)
  watched.follow([paths.configPath, paths.envFilePath, ...inForce.sources])

  function debounceMs(): number {
    return inForce.config.gateway?.reload?.debounceMs ?? defaultDebounceMs
  }

  function schedule(): void {
    if (isClosed) return
    const now = performance.now()
    if (timer) clearTimeout(timer)
    else dueAt = now + debounceMs() * longestWait
    timer = setTimeout(begin, Math.max(0, Math.min(debounceMs(), dueAt - now)))
    timer.unref()
  }

  /** One look after the other. */
  function begin(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    underWay = underWay.then(look).catch((error: unknown) => {
      logger.warn('The changed configuration could not be looked at', { error: String(error) })
    })
    return underWay
  }

  async function look(): Promise<void> {
    if (isClosed) return
    let read = await readSettings(paths, parts.env(), inForce)
    if (!read.loaded && read.digest !== said) {
      await pause(Math.max(50, debounceMs()))
      read = await readSettings(paths, parts.env(), inForce)
    }
    if (isClosed) return
    watched.follow([...read.files, ...inForce.sources])
    if (!read.loaded) {
      problems = read.problems
      if (read.digest !== said) sayProblems(logger, problems)
      said = read.digest
      return
    }
    if (problems.length > 0) logger.info('The configuration is valid again', { path: paths.configPath })
    problems = []
    said = null
    bringIntoForce(read.loaded, read.digest)
  }

  function bringIntoForce(now: LoadedConfig, digest: string): void {
    const before = inForce
    const plan = planReload(before, now, now.config.gateway?.reload?.mode)
    if (plan.left.length > 0 && plan.left.join() !== left) {
      const keys = plan.left.join(', ')
      logger.warn(`Changed, but not in force before the gateway is restarted: ${keys}`, { keys })
    }
    left = plan.left.join()
    switch (plan.kind) {
      case 'ignored':
        return
      case 'nothing':
        // Not what waits for a restart: that must still differ from what is in force at the next look.
        inForce = now
        return
      case 'restart':
        if (asked === digest) return
        asked = digest
        logger.info('The configuration has changed; the gateway restarts', { keys: plan.keys.join(', ') })
        parts.onRestart(`configuration: ${plan.keys.join(', ')}`, plan.keys, now)
        return
      case 'hot':
        inForce = plan.left.length > 0 ? withFormer(now, before, plan.left) : now
        logger.info('The configuration has changed and is in force', { keys: plan.keys.join(', ') })
        parts.onHot?.(inForce, before, plan.keys)
        for (const listener of listeners) listener(inForce, before)
    }
  }

  return {
    current: () => inForce,
    problems: () => problems,
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    reload: begin,
    adopt(loaded) {
      inForce = loaded
      asked = null
      left = ''
      watched.follow([paths.configPath, paths.envFilePath, ...loaded.sources])
    },
    close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      watched.close()
      listeners.clear()
    },
  }
}

/** `now` with the sections of `keys` as they were. */
function withFormer(now: LoadedConfig, before: LoadedConfig, keys: readonly string[]): LoadedConfig {
  const sections = new Set(keys.map((key) => key.split('.')[0] ?? key))
  const kept = (from: LoadedConfig, isKept: boolean) =>
    Object.entries(from.config).filter(([name]) => sections.has(name) === isKept)
  const config = Object.fromEntries([...kept(now, false), ...kept(before, true)])
  return { ...now, config, token: sections.has('gateway') ? before.token : now.token }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
