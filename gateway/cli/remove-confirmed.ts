import { exitCode } from '../../shared/exit-codes.ts'
import type { CallOutcome, HostClient } from '../../shared/host-client.ts'
import { confirm } from './own-host/confirm.ts'
import { hostForCommand } from './own-host/own-host.ts'
import { failWith, sayJson, sayLine } from './tell.ts'

interface Removal {
  readonly question: string
  /** What is said where nobody can be asked. */
  readonly notAsked: string
  readonly options: { readonly yes?: true; readonly json?: true }
  /** In the JSON answer, and in the sentence. */
  readonly done: { readonly json: object; readonly line: string }
  remove(host: HostClient): Promise<CallOutcome<'backups.delete' | 'updates.removeGateway'>>
}

/** Asks, unless `--yes` says so already, and has the host remove it; resolves to the exit code. */
export async function removeConfirmed({
  question,
  notAsked,
  options,
  done,
  remove,
}: Removal): Promise<number> {
  const isJson = options.json === true
  const answer = options.yes ? true : await confirm(question)
  if (!answer) {
    const message = answer === null ? notAsked : 'Kept.'
    if (isJson) sayJson({ ok: false, code: 'NOT_CONFIRMED', message })
    else sayLine(message)
    return exitCode.failed
  }
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    const removed = await remove(reached.host)
    if (!removed.ok) return failWith(removed, isJson)
    if (isJson) sayJson({ ok: true, ...done.json })
    else sayLine(done.line)
    return exitCode.done
  } finally {
    await reached.close()
  }
}
