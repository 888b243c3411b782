import { accessSync, constants, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename } from 'node:path'

export interface Shell {
  readonly file: string
  readonly args: readonly string[]
}

/** What accounts have as a shell that nobody may sign in to. */
const refusing = new Set(['nologin', 'false', 'true', 'sync'])

/** The owner's shell: `SHELL`, that of the account, bash, sh; the first that is there. Null where none is. */
export function findShell(env: NodeJS.ProcessEnv, platform: string): Shell | null {
  const file = [env.SHELL, accountShell(), '/bin/bash', '/bin/sh'].find(isShell)
  if (!file) return null
  // Terminals of macOS open login shells: there, PATH is set up by those only.
  return { file, args: platform === 'darwin' ? ['-l'] : [] }
}

function accountShell(): string | undefined {
  try {
    return userInfo().shell ?? undefined
  } catch {
    return undefined // a user without an entry, as in a container
  }
}

function isShell(file: string | undefined): file is string {
  if (!file?.startsWith('/') || refusing.has(basename(file))) return false
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
