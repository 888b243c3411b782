import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { ReleaseManifest } from '../../shared/release-manifest.ts'
import { type Fetch, type ReceiveLimits, receive, TransferError } from './receive.ts'

/** The last limit is for a slow line: 2 GB in a day. */
export const fileLimits: Omit<ReceiveLimits, 'bytes'> = { idleMs: 60_000, wholeMs: 24 * 3_600_000 }

/**
 * Writes the file of a release to `path`, which must not be there; never more bytes than the manifest names,
 * and only to be used where it resolves: then size and digest are right and the bytes on the disk.
 */
export async function downloadFile(
  fetch: Fetch,
  address: URL,
  path: string,
  { bytes, sha512 }: Pick<ReleaseManifest['file'], 'bytes' | 'sha512'>,
  progress: (done: number) => void,
  signal: AbortSignal,
  limits = fileLimits,
): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    const digest = createHash('sha512')
    let done = 0
    for await (const chunk of receive(fetch, address, { ...limits, bytes }, signal)) {
      digest.update(chunk)
      await file.writeFile(chunk)
      done += chunk.byteLength
      progress(done)
    }
    if (done !== bytes) throw new TransferError(`${done} of ${bytes} bytes came`)
    if (digest.digest('base64') !== sha512) throw new TransferError('its checksum is not that of the release')
    await file.sync()
  } finally {
    await file.close()
  }
}
