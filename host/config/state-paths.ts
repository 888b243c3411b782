import { lstatSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface StatePaths {
  /** Folder of everything the gateway keeps. */
  readonly stateDir: string
  /** The live configuration file; it may not exist yet. */
  readonly configPath: string
  /** `NAME=value` lines the gateway reads beside its environment; may not exist. */
  readonly envFilePath: string
  /** The `.env` of the folder a command was given in; only `${NAME}` of the configuration reads it. */
  readonly workingEnvFilePath?: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Where the gateway's state and configuration are. All paths are absolute.
 * State: `MOLTBOT_STATE_DIR` > `CLAWDBOT_STATE_DIR` > `~/.clawdbot`, or `~/.moltbot` where only that exists.
 * Configuration: `MOLTBOT_CONFIG_PATH` > `CLAWDBOT_CONFIG_PATH` > an existing `moltbot.json` or
 * `clawdbot.json` of the state folder > its `moltbot.json`. `workingDir`: the folder of a person's own command;
 * none for what runs by itself.
 */
export function resolveStatePaths(env: Environment, home: string, workingDir?: string): StatePaths {
  const stateDir = named(env, home, 'MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR') ?? defaultStateDir(home)
  const configPath = named(env, home, 'MOLTBOT_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH') ?? configIn(stateDir)
  const envFilePath = join(stateDir, '.env')
  const workingEnvFilePath = workingDir === undefined ? envFilePath : join(workingDir, '.env')
  if (workingEnvFilePath === envFilePath) return { stateDir, configPath, envFilePath }
  return { stateDir, configPath, envFilePath, workingEnvFilePath }
}

function named(env: Environment, home: string, ...names: string[]): string | null {
  for (const name of names) {
    const value = env[name]?.trim()
    if (value) return expandHome(value, home)
  }
  return null
}

/** `~` and `~/…` as a shell would read them; every other path from the current folder. */
export function expandHome(path: string, home: string): string {
  if (path === '~') return resolve(home)
  return path.startsWith('~/') ? resolve(home, path.slice(2)) : resolve(path)
}

function defaultStateDir(home: string): string {
  const usual = join(home, '.clawdbot')
  const renamed = join(home, '.moltbot')
  return !isThere(usual) && isThere(renamed) ? renamed : usual
}

function configIn(stateDir: string): string {
  const usual = join(stateDir, 'moltbot.json')
  const former = join(stateDir, 'clawdbot.json')
  return !isThere(usual) && isThere(former) ? former : usual
}

/** A link that points to nothing is there too: it must be reported, not written through. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false // a parent that cannot be entered is reported when the file itself is read
  }
}
