import type { JobResult } from '../../../shared/backup-results.ts'
import type { JsonOption } from '../commands/update.ts'
import { runJob } from '../own-host/run-job.ts'
import { sayJson, sayLine } from '../tell.ts'

/** Switches to an installed gateway; resolves to the exit code. */
export function useGateway(id: string, { json }: JsonOption): Promise<number> {
  const isJson = json === true
  return runJob(
    (host) => host.call('updates.useGateway', { id }),
    isJson,
    (result, { isOwn }) => sayChanged(result, isJson, isOwn),
  )
}

export function sayChanged(result: JobResult, isJson: boolean, isOwn: boolean): void {
  if (isJson) return sayJson({ ok: true, ...result })
  if (result.kind !== 'gateway.install' && result.kind !== 'gateway.switch') return
  const { id, from, healthy } = result
  if (id === from) return sayLine(`${id} is in use already.`)
  const proof = healthy
    ? 'It was started and is well.'
    : 'The gateway is stopped, as you wanted; the next start takes it.'
  const ends = healthy && isOwn ? ' No host runs, so it has ended again: moltbot host' : ''
  sayLine(`The gateway is ${id} now. ${proof}${ends}`)
  if (from !== 'built-in' || id !== 'built-in') sayLine(`Back to the former one: moltbot update use ${from}`)
}
