import { link, rename, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { pidOf } from '../../../shared/gateway-state.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import {
  findLockHolder,
  hasWritten,
  lockFiles,
  parseRecord,
  readLockText,
  type StateLockRecord,
  stateLockPath,
} from '../../gateway/find-lock-holder.ts'
import type { ProcessDetails } from '../../processes/process-table.ts'
import { lstatOrNull } from '../file-mode.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'

/** The lock by which a gateway says that it runs on this configuration: held, left over, or no lock at all. */
export const lockCheck: Check = {
  name: 'lock',
  async look(ground) {
    const { knowledge, statePaths, table, tmpDir, uid } = ground
    const findings: Found[] = []
    for (const path of await lockFiles(tmpDir, uid)) {
      const text = await readLockText(path, uid)
      if (text !== null) findings.push(...(await leftOver(path, text, ground)))
    }
    findings.push(...(await strange(ground)))
    const holder = await findLockHolder({ configPath: statePaths.configPath, table, tmpDir, uid })
    const view = knowledge.gateway()
    if (holder && (!view || pidOf(view.state) !== holder.pid)) {
      const { pid, program, user, startedAt } = holder
      findings.push(found('lockElsewhere', 'info', { pid, program, user, startedAt }, { isNote: true }))
    }
    return findings
  },
}

async function leftOver(path: string, text: string, ground: Ground): Promise<Found[]> {
  const { statePaths, table, uid } = ground
  const record = parseRecord(text)
  if (!record || !isOfThis(path, record.configPath, ground)) return []
  const { pid } = record
  const evidence = [`pid ${pid}, ${record.createdAt}, ${statePaths.configPath}`]
  const mend = () => removeProven(path, text, ground)
  const holder = await table.describe(pid)
  if (!holder) {
    // One that ends while it is looked at is told the next time.
    return table.identify(pid) ? [] : [found('lockStale', 'warn', { path, pid }, { evidence, mend })]
  }
  if (uid < 0 || mayHold(holder, record)) return []
  const { program, startedAt } = holder
  return [found('lockReused', 'warn', { path, pid, program, startedAt }, { evidence, mend })]
}

/** A lock that does not say when it was written proves nothing against a process that lives. */
function mayHold(holder: ProcessDetails, record: StateLockRecord): boolean {
  const isDated = record.startTime !== undefined || !Number.isNaN(Date.parse(record.createdAt))
  return !isDated || hasWritten(holder, record)
}

function isOfThis(path: string, configPath: string, { statePaths, tmpDir, uid }: Ground): boolean {
  const name = basename(stateLockPath(statePaths.configPath, tmpDir ?? tmpdir(), uid))
  return configPath === statePaths.configPath || basename(path) === name
}

/** Something else stands where a gateway would write: it runs, but nobody sees that it does. */
async function strange({ statePaths, tmpDir, uid }: Ground): Promise<Found[]> {
  const path = stateLockPath(statePaths.configPath, tmpDir ?? tmpdir(), uid)
  const stats = await lstatOrNull(path).catch(() => null)
  if (!stats) return []
  const detail = !stats.isFile()
    ? stats.isSymbolicLink()
      ? 'it is a link'
      : 'it is not a file'
    : stats.uid === uid
      ? null
      : `it belongs to user ${stats.uid}`
  return detail === null ? [] : [found('lockStrange', 'warn', { path, detail })]
}

/**
 * Put aside first, then looked at: where a gateway has written its own meanwhile, that goes back. The proof is
 * made once more, just before.
 */
async function removeProven(path: string, text: string, { table, uid }: Ground): Promise<Problem | null> {
  const fail = (detail: string) => problem('MEND_FAILED', { path, detail })
  const record = parseRecord(text)
  const holder = record && (await table.describe(record.pid))
  if (!record || (holder && mayHold(holder, record))) return fail('a gateway holds it now')
  const aside = `${path}.left-over-${process.pid}`
  try {
    if ((await readLockText(path, uid)) !== text) return fail('it has changed meanwhile')
    await rename(path, aside)
    if ((await readLockText(aside, uid)) === text) {
      await unlink(aside)
      return null
    }
    // Never over a third one.
    await link(aside, path).catch(() => {})
    await unlink(aside)
    return fail('it has changed meanwhile')
  } catch (error) {
    return fail((error as NodeJS.ErrnoException).code ?? String(error))
  }
}
