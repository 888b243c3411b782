import type { JobStep } from '../../../shared/jobs.ts'
import type { WorkHooks } from './archive-contract.ts'
import type { Contents } from './contents.ts'
import { damaged, Fault } from './fault.ts'
import { collectManifested } from './manifested-contents.ts'
import type { OpenBackup } from './open-backup.ts'
import { collectPlain } from './plain-contents.ts'
import { type EntryReader, readEntries } from './read-entries.ts'
import { TarGate } from './tar-gate.ts'

/** One way to take in the entries of a backup. */
export interface Collector extends EntryReader {
  /** Called once all has been read. Throws what is missing. */
  finish(digest: string): Contents
}

/** Reads all of a backup and checks it; writes nothing. Throws the problem. */
export async function readContents(backup: OpenBackup, hooks: WorkHooks): Promise<Contents> {
  const gate = new TarGate(0)
  const collector = backup.kind === 'age' ? collectManifested(backup, gate) : collectPlain(backup, gate)
  return collector.finish(await readThrough(backup, gate, collector, 'verifying', hooks))
}

/** Returns the digest of the whole file. */
export async function readThrough(
  backup: OpenBackup,
  gate: TarGate,
  reader: EntryReader,
  step: JobStep,
  hooks: WorkHooks,
): Promise<string> {
  const total = backup.size
  hooks.progress({ step, done: 0, total })
  const { bytes, digest } = await backup.pass((done) => hooks.progress({ step, done, total }))
  await naming(backup.path, () => readEntries(bytes, gate, reader))
  return digest()
}

/** Gives a fault the path of the backup that has it. */
export async function naming<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) throw error.asProblem(path)
    // zlib, tar and age have no words of their own for us.
    if (error instanceof RangeError) throw damaged(error.message).asProblem(path)
    throw error
  }
}
