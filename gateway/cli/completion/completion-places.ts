import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { readTextFile } from '../../../host/config/read-text-file.ts'
import type { CompletedShell } from '../commands/completion.ts'
import { completionMark } from './completion-mark.ts'

/** The file of this user that each shell reads by itself, or nearly so. Absolute paths. */
export function completionPlaces(env: NodeJS.ProcessEnv, home: string): Record<CompletedShell, string> {
  // Relative paths are to be ignored there.
  const named = (name: string, usual: string) => {
    const value = env[name]
    return value?.startsWith('/') ? value : join(home, usual)
  }
  const data = named('XDG_DATA_HOME', '.local/share')
  const bash = env.BASH_COMPLETION_USER_DIR
  return {
    bash: join(bash?.startsWith('/') ? bash : join(data, 'bash-completion'), 'completions', 'moltbot'),
    zsh: join(data, 'zsh', 'site-functions', '_moltbot'),
    fish: join(named('XDG_CONFIG_HOME', '.config'), 'fish', 'completions', 'moltbot.fish'),
  }
}

export type CompletionFile =
  | { readonly whose: 'absent' }
  | { readonly whose: 'ours'; readonly text: string }
  | { readonly whose: 'foreign' }

/** Whose the file is, by its first lines; a link is never ours. */
export async function readCompletionFile(path: string): Promise<CompletionFile> {
  const stats = await lstat(path).catch(() => null)
  if (!stats) return { whose: 'absent' }
  if (!stats.isFile()) return { whose: 'foreign' }
  const read = await readTextFile(path)
  if (!read.ok || read.text === null) return { whose: 'foreign' }
  const isOurs = read.text.split('\n', 2).includes(completionMark)
  return isOurs ? { whose: 'ours', text: read.text } : { whose: 'foreign' }
}
