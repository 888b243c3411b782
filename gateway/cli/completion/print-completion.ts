import type { Command } from 'commander'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { CompletedShell } from '../commands/completion.ts'
import { completionScript } from './completion-script.ts'

export function printCompletion(shell: CompletedShell, root: Command): number {
  process.stdout.write(completionScript(shell, root))
  return exitCode.done
}
