import type { Command } from 'commander'
import type { CompletedShell } from '../commands/completion.ts'
import { bashScript } from './bash-script.ts'
import { commandTable } from './command-table.ts'
import { completionMark } from './completion-mark.ts'
import { configKeys } from './config-keys.ts'
import { fishScript } from './fish-script.ts'
import { zshScript } from './zsh-script.ts'

const writers = { bash: bashScript, zsh: zshScript, fish: fishScript } as const

/** What `shell` reads to complete every command of `root`. */
export function completionScript(shell: CompletedShell, root: Command): string {
  return writers[shell]({ mark: completionMark, table: commandTable(root), keys: configKeys() })
}
