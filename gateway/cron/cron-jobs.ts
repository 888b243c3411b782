import { dirname, join } from 'node:path'
import json5 from 'json5'
import { expandHome } from '../../host/config/state-paths.ts'
import { fieldsOf, isFields, type LooseFields, listOf, numberOf, textOf } from '../../shared/loose-value.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { openStateFile } from '../sessions/open-state-file.ts'
import { readBlock } from '../sessions/read-lines.ts'
import type { SessionState } from '../sessions/session-state.ts'
import { isWithin } from '../sessions/store/store-places.ts'

export type CronJobs =
  | { readonly ok: true; readonly path: string; readonly jobs: readonly LooseFields[] }
  | ({ readonly ok: false } & Problem)

/** More would fill the buffer of the connection that asks, which is then closed. */
const maxBytes = 1_000_000

/** The jobs that Moltbot keeps, as they are written, the one whose turn comes first at the top. None is run here. */
export async function cronJobs(state: SessionState): Promise<CronJobs> {
  const named = textOf(fieldsOf(state.config.cron).store)
  const path = named === undefined ? join(state.stateDir, 'cron', 'jobs.json') : expandHome(named, state.home)
  const root = isWithin(state.stateDir, path) ? state.stateDir : dirname(path)
  const file = await openStateFile(path, root)
  if (file.kind === 'absent') return { ok: true, path, jobs: [] }
  if (file.kind === 'refused') return { ok: false, ...file.problem }
  const unreadable = (detail: string) =>
    ({ ok: false, ...problem('STATE_FILE_UNREADABLE', { path, detail }) }) as const
  try {
    if (file.size > maxBytes) return unreadable('it is too long')
    const content = parse(String(await readBlock(file.handle, 0, file.size)))
    const jobs = listOf(content.jobs).filter(isFields)
    return { ok: true, path, jobs: jobs.sort((a, b) => nextRun(a) - nextRun(b)) }
  } catch {
    return unreadable('it is damaged')
  } finally {
    await file.handle.close()
  }
}

/** Moltbot writes JSON, which is read a hundred times as fast; whoever edits it by hand may write JSON5. */
function parse(text: string): LooseFields {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return fieldsOf(json5.parse(text))
  }
}

function nextRun(job: LooseFields): number {
  return numberOf(fieldsOf(job.state).nextRunAtMs) ?? 0
}
