import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Command } from 'commander'
import { writeFileAtomically } from '../../../host/files/atomic-write.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import { type CompletedShell, shells } from '../commands/completion.ts'
import { failWith, sayJson, sayLine, tellUsage } from '../tell.ts'
import { completionPlaces, readCompletionFile } from './completion-places.ts'
import { completionScript } from './completion-script.ts'
import { shellQuoted } from './shell-quoting.ts'

/** Writes the script where the shell looks for it; resolves to the exit code. No file of the shell's own is edited. */
export async function installCompletion(
  asked: CompletedShell | undefined,
  root: Command,
  isJson: boolean,
): Promise<number> {
  const { env } = process
  const shell = asked ?? shells.find((one) => one === basename(env.SHELL ?? ''))
  if (!shell) {
    tellUsage(`Say which shell: moltbot completion install ${shells.join('|')}`)
    return exitCode.wrongUsage
  }
  const home = homedir()
  const path = completionPlaces(env, home)[shell]
  const text = completionScript(shell, root)
  const found = await readCompletionFile(path)
  if (found.whose === 'foreign') return failWith(problem('COMPLETION_FOREIGN', { path, shell }), isJson)
  const isSame = found.whose === 'ours' && found.text === text
  if (!isSame) {
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeFileAtomically(path, text, 0o644)
    } catch (error) {
      const detail = (error as NodeJS.ErrnoException).code ?? String(error)
      return failWith(problem('COMPLETION_NOT_WRITTEN', { path, detail }), isJson)
    }
  }
  const needs = await whatElse(shell, path, home)
  if (isJson) sayJson({ ok: true, shell, path, result: isSame ? 'unchanged' : 'written', needs })
  else {
    sayLine(`${isSame ? 'Already up to date' : 'Written'}: ${path}`)
    sayLine(needs ?? `New ${shell} windows complete moltbot.`)
  }
  return exitCode.done
}

/** What the owner has to do before it works; null where nothing. */
async function whatElse(shell: CompletedShell, path: string, home: string): Promise<string | null> {
  switch (shell) {
    case 'fish':
      return null
    case 'bash':
      return bashCompletions.some((at) => existsSync(at))
        ? null
        : `The package bash-completion is not here. Install it, or add this line to ~/.bashrc: source ${shellQuoted(path)}`
    case 'zsh': {
      const settings = await readFile(join(home, '.zshrc'), 'utf8').catch(() => '')
      const folder = dirname(path)
      const isNamed = settings.includes(folder) || settings.includes(folder.replace(home, '~'))
      return isNamed
        ? null
        : `Put this line into ~/.zshrc, ahead of compinit: fpath=(${shellQuoted(folder)} $fpath); autoload -U compinit && compinit`
    }
  }
}

const bashCompletions = [
  '/usr/share/bash-completion/bash_completion',
  '/etc/bash_completion',
  '/opt/homebrew/etc/profile.d/bash_completion.sh',
  '/usr/local/etc/profile.d/bash_completion.sh',
]
