import { resolve } from 'node:path'
import type { JobResult } from '../../../shared/backup-results.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { formatBytes, formatTook } from '../../../shared/wording/format.ts'
import type { CreateOptions } from '../commands/backup.ts'
import { runJob } from '../own-host/run-job.ts'
import { sayJson, sayLine, tellUsage } from '../tell.ts'
import { readPassphrase } from './opening-options.ts'

/** Makes a backup; resolves to the exit code. */
export async function createBackup({ to, recipient, passphraseFile, json }: CreateOptions): Promise<number> {
  if (recipient.length > 0 && passphraseFile !== undefined) {
    tellUsage('Give either --recipient or --passphrase-file')
    return exitCode.wrongUsage
  }
  const passphrase = await readPassphrase(passphraseFile)
  if (!passphrase.ok) {
    tellUsage(passphrase.detail)
    return exitCode.wrongUsage
  }
  const order = {
    ...(to === undefined ? {} : { to: resolve(to) }),
    ...(recipient.length === 0 ? {} : { recipients: [...recipient] }),
    ...(passphrase.value === undefined ? {} : { passphrase: passphrase.value }),
  }
  return runJob(
    (host) => host.call('backups.create', order),
    json === true,
    (result) => {
      if (result.kind !== 'backup.create') return
      if (json) sayJson({ ok: true, ...result })
      else for (const line of createdLines(result)) sayLine(line)
    },
  )
}

function createdLines(result: Extract<JobResult, { kind: 'backup.create' }>): string[] {
  const { path, files, bytes, fileBytes, consistency, pausedMs, skipped, deleted, verified } = result
  return [
    `Backed up ${files} files (${formatBytes(bytes)}) to ${path} (${formatBytes(fileBytes)}).`,
    verified
      ? 'It was read back whole and is right.'
      : 'It was not read back: the key that opens it is not on this machine.',
    ...(pausedMs > 0 ? [`The gateway was stopped for ${formatTook('en', pausedMs)} meanwhile.`] : []),
    ...(consistency === 'moving'
      ? ['Something went on writing meanwhile: each file is whole, but they may be of different moments.']
      : []),
    ...skipped.map((file) => `Left out: ${file.path} (${skippedWhy[file.why]})`),
    ...(deleted.length > 0 ? [`Deleted, as enough newer ones are kept: ${deleted.join(', ')}`] : []),
  ]
}

const skippedWhy = {
  link: 'a link',
  notAFile: 'neither a file nor a folder',
  unreadable: 'it cannot be read',
  vanished: 'it vanished meanwhile',
  name: 'its name cannot be kept',
} as const
