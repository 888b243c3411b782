import { readdir, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type LockHolder, readHolder } from '../../lock/host-lock.ts'
import { isSameProcess, type ProcessTable } from '../../processes/process-table.ts'

/** Removes what killed processes have left of taking or releasing the lock `path`: `<path>.<pid>`. */
export async function sweepLockDrafts(
  path: string,
  me: LockHolder,
  table: Pick<ProcessTable, 'identify'>,
): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    const [, pid] = name.startsWith(`${basename(path)}.`) ? (/\.(\d+)(?:\.leaving)?$/.exec(name) ?? []) : []
    if (pid === undefined || Number(pid) === me.pid) continue
    const file = join(folder, name)
    const maker = await readHolder(file)
    // One that died before it had written who it is, is known by its number alone.
    const isAlive = maker
      ? maker.bootId === me.bootId && isSameProcess(table, maker)
      : table.identify(Number(pid)) !== null
    if (!isAlive) await unlink(file).catch(() => {}) // the next edit tries again
  }
}
