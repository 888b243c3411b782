import { createHash } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readBootId } from '../../processes/boot-id.ts'
import { openProcessTable } from '../../processes/open-process-table.ts'
import type { ProcessTable } from '../../processes/process-table.ts'

interface Places {
  readonly workDir: string
  readonly folder: string
}

/** Boot, pid, start of that process, run: `1a2b3c4d-4711-5e6f7a8b-9c0d1e2f`. */
const mark = '([0-9a-f]{8})-([0-9]+)-([0-9a-f]{8})-([0-9a-f]{8})'
const workFolderPattern = new RegExp(`^archive-${mark}$`)
const partialPattern = new RegExp(`^\\..+\\.${mark}\\.partial$`)
/** What another machine may be writing into a shared folder this very day is not ours to judge. */
const foreignAgeMs = 24 * 3_600_000

export interface RunNames {
  /** Of the folder in the work folder. */
  readonly workFolder: string
  partial(name: string): string
}

/** Names for what one run makes, from which another can tell whether it still lives. */
export function runNames(run: string, table: Pick<ProcessTable, 'identify'> = openProcessTable()): RunNames {
  const start = table.identify(process.pid)?.startTime ?? ''
  const marked = [short(readBootId()), process.pid, short(start), run].join('-')
  return { workFolder: `archive-${marked}`, partial: (name) => `.${name}.${marked}.partial` }
}

/** Removes what runs that were killed have left; what a living process makes is left alone. */
export async function sweepLeftovers(
  { workDir, folder }: Places,
  table: Pick<ProcessTable, 'identify'> = openProcessTable(),
): Promise<void> {
  const boot = short(readBootId())
  await removeWhere(workDir, workFolderPattern, isDead)
  await removeWhere(folder, partialPattern, isDead)

  function isDead([, ofBoot, pid, start]: RegExpExecArray, ageMs: number): boolean {
    if (ofBoot !== boot) return ageMs > foreignAgeMs
    const there = table.identify(Number(pid))
    return there === null || short(there.startTime) !== start
  }
}

/** Removes what the run of that name has made, after its thread is gone. */
export async function removeRun({ workDir, folder }: Places, run: string): Promise<void> {
  const isOfRun = (found: RegExpExecArray) => found[4] === run
  await removeWhere(workDir, workFolderPattern, isOfRun)
  await removeWhere(folder, partialPattern, isOfRun)
}

async function removeWhere(
  folder: string,
  pattern: RegExp,
  isMeant: (found: RegExpExecArray, ageMs: number) => boolean,
): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const found = pattern.exec(name)
    if (!found) continue
    const path = join(folder, name)
    const ageMs = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (isMeant(found, ageMs)) await rm(path, { recursive: true, force: true }).catch(() => {}) // next time
  }
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
