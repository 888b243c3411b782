import type { ChangeOutcome } from '../../../host/config/edit/change-config.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import { escapeControls } from '../../../shared/wording/escape-controls.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { planReload } from '../../reload/plan-reload.ts'
import { failWith, sayLine } from '../tell.ts'

type Changed = Extract<ChangeOutcome, { ok: true }>
type Refused = Extract<ChangeOutcome, { ok: false }>

/** What a change means for a gateway that runs, for a person; empty where nothing changed. */
export function effectOf({ isChanged, before, after }: Changed): string {
  if (!isChanged) return ''
  if (!after.ok) return 'The configuration still has problems. See them: moltbot config validate'
  if (!before.ok) return 'The configuration is valid again. Start the gateway with: moltbot service start'
  const mode = after.config.gateway?.reload?.mode
  const { kind, keys, left } = planReload(before, after, mode)
  if (left.length > 0) {
    return `It counts from the gateway's next start (gateway.reload.mode is ${mode}): moltbot service restart`
  }
  switch (kind) {
    case 'nothing':
      return 'A running gateway has nothing to do for it.'
    case 'hot':
      return 'A running gateway takes it up at once.'
    case 'restart':
      // It was given to it on its command line, which goes before the configuration.
      if (keys.includes('gateway.port')) {
        return 'A running gateway restarts by itself to take it up; under a host it needs: moltbot service restart'
      }
      return 'A running gateway restarts by itself to take it up.'
    case 'ignored':
      return "It counts from the gateway's next start: moltbot service restart"
  }
}

/** What became of the backup, where it is worth a word. */
export function tellBackup({ backup }: Changed): void {
  if (!backup || backup.kept) return
  process.stderr.write(
    escapeControls(`No backup of the former file was kept: ${backup.path} is in the way, ${backup.detail}.`) +
      '\n',
  )
}

/** The effect for a person, line by line; the exit code. */
export function sayChange(changed: Changed, line: string): number {
  sayLine(line)
  const effect = effectOf(changed)
  if (effect) sayLine(effect)
  if (changed.backup?.kept) sayLine(`The file as it was is kept as ${changed.backup.path}.`)
  tellBackup(changed)
  return exitCode.done
}

/** Why nothing was changed, with each further problem; the exit code. */
export function tellRefused(refused: Refused, isJson: boolean): number {
  const code = failWith(refused, isJson)
  if (!isJson) {
    for (const other of refused.others) {
      process.stderr.write(`${problemText(problem(other.code, other.params))}\n`)
    }
  }
  return code
}
