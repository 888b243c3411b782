import { exitCode } from '../../../shared/exit-codes.ts'
import { formatBytes, formatMoment } from '../../../shared/wording/format.ts'
import type { OpenOptions } from '../commands/backup.ts'
import { runJob } from '../own-host/run-job.ts'
import { sayJson, sayLine, tellUsage } from '../tell.ts'
import { fileArgument } from './file-argument.ts'
import { readOpening } from './opening-options.ts'

/** Reads a backup whole; resolves to the exit code. */
export async function verifyBackup(file: string, options: OpenOptions): Promise<number> {
  const opening = await readOpening(options)
  if (!opening.ok) {
    tellUsage(opening.detail)
    return exitCode.wrongUsage
  }
  const isJson = options.json === true
  const order = { file: fileArgument(file), ...opening.value }
  return runJob(
    (host) => host.call('backups.verify', order),
    isJson,
    (result) => {
      if (result.kind !== 'backup.verify') return
      if (isJson) return sayJson({ ok: true, ...result })
      const { createdAt, machine, files, bytes, secrets } = result
      sayLine(`${result.file} is whole: ${files} files, ${formatBytes(bytes)}.`)
      if (createdAt !== null) {
        sayLine(`Made on ${formatMoment('en', createdAt)}${machine === null ? '' : ` on ${machine}`}.`)
      }
      if (secrets.length > 0) sayLine(`With the secrets ${secrets.join(', ')}.`)
      if (result.format === 'plainTar') {
        sayLine('It is a plain archive without a list of its files: only its own checksum vouches for it.')
      }
    },
  )
}
