import type { RestorePreview } from '../../../shared/backup-results.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { formatBytes, formatMoment } from '../../../shared/wording/format.ts'
import type { RestoreOptions } from '../commands/backup.ts'
import { confirm } from '../own-host/confirm.ts'
import { runJob } from '../own-host/run-job.ts'
import { sayJson, sayLine, tellUsage } from '../tell.ts'
import { fileArgument } from './file-argument.ts'
import { type OpeningArgs, readOpening } from './opening-options.ts'

/** Previews, asks, restores; resolves to the exit code. */
export async function restoreBackup(file: string, options: RestoreOptions): Promise<number> {
  const isJson = options.json === true
  const opening = await readOpening(options)
  if (!opening.ok) {
    tellUsage(opening.detail)
    return exitCode.wrongUsage
  }
  const order = { file: fileArgument(file), ...opening.value }
  const seen = await preview(order, options)
  if (seen !== exitCode.done) return seen
  return runJob(
    (host) => host.call('backups.restore', order),
    isJson,
    (result, { isOwn }) => {
      if (result.kind !== 'backup.restore') return
      if (isJson) return sayJson({ ok: true, ...result })
      sayLine(`Restored ${result.files} files.`)
      sayLine(gatewayLine(result.healthy, isOwn))
      if (result.secretsSet.length > 0) sayLine(`Set the secrets ${result.secretsSet.join(', ')}.`)
      sayLine(`The state from before is kept in ${result.keptAt}; delete it when you no longer need it.`)
    },
  )
}

function gatewayLine(isHealthy: boolean, isOwn: boolean): string {
  if (!isHealthy) return 'The gateway stays stopped, as it was.'
  return isOwn
    ? 'The gateway was started with it and seen well, and ends with this command. Start it for good: moltbot host'
    : 'The gateway was started and is well.'
}

/** 0 where the restore may go on. No host is held while the answer is waited for. */
async function preview(
  order: { readonly file: string } & OpeningArgs,
  { yes, json }: RestoreOptions,
): Promise<number> {
  if (yes) return exitCode.done // it verifies everything by itself
  let found: RestorePreview | null = null
  const code = await runJob(
    (host) => host.call('backups.inspect', order),
    json === true,
    (result) => {
      if (result.kind === 'backup.inspect') found = result.preview
    },
  )
  if (code !== exitCode.done || found === null) return code
  if (!json) for (const line of previewLines(found)) sayLine(line)
  const answer = await confirm('Restore it?')
  if (answer) return exitCode.done
  const message =
    answer === null
      ? 'Nothing was changed. To restore without being asked, add --yes.'
      : 'Nothing was changed.'
  if (json) sayJson({ ok: false, code: 'NOT_CONFIRMED', message, preview: found })
  else sayLine(message)
  return exitCode.failed
}

function previewLines(preview: RestorePreview): string[] {
  const { createdAt, machine, madeBy, files, bytes, added, changed, removed, same } = preview
  const made = [
    ...(createdAt === null ? [] : [`made on ${formatMoment('en', createdAt)}`]),
    ...(machine === null ? [] : [`on ${machine}`]),
    ...(madeBy === null ? [] : [`by version ${madeBy}`]),
  ]
  const marks = { added: '+', changed: '~', removed: '-' } as const
  return [
    `${preview.file}: ${files} files, ${formatBytes(bytes)}${made.length > 0 ? `, ${made.join(' ')}` : ''}.`,
    `In ${preview.stateDir}: ${added} files appear, ${changed} change, ${removed} go, ${same} stay.`,
    ...preview.examples.map(({ change, path }) => `  ${marks[change]} ${path}`),
    ...(preview.secretsToSet.length > 0 ? [`Secrets to be set: ${preview.secretsToSet.join(', ')}.`] : []),
    ...(preview.mayNeedRelink
      ? ['Its WhatsApp keys differ from those in use: the link may have to be made again.']
      : []),
    ...(preview.stopsGateway ? ['The gateway is stopped for it, and started again.'] : []),
    'The present state is kept beside it.',
  ]
}
