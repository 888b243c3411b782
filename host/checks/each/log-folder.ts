import { basename } from 'node:path'
import type { Problem } from '../../../shared/problem.ts'
import { inspectLogFolder } from '../../config/log-folder.ts'
import { chooseLogTarget, fallbackLogFolder } from '../../config/log-path.ts'
import { lstatOrNull, makePrivate, modeText, othersMayDoAnything } from '../file-mode.ts'
import { type Check, type Found, found } from '../finding.ts'
import { walk } from '../private-files.ts'
import { reachSeconds } from '../reach.ts'

/** Messages of people stand in the log: its folder is the owner's alone, and so is each file. */
export const logFolderCheck: Check = {
  name: 'logFolder',
  async look(ground) {
    const { env, home, reach, statePaths, uid } = ground
    const config = await ground.config()
    const target = chooseLogTarget({ env, home, logging: config.ok ? config.config.logging : undefined })
    const path = target.kind === 'named' ? target.path : target.folder
    if (!(await reach.answers(path))) {
      return [found('checkTimedOut', 'warn', { check: 'logFolder', seconds: reachSeconds })]
    }
    if (target.kind === 'named') return openFiles(path, [path], uid)
    const verdict = inspectLogFolder(path)
    if (verdict.kind === 'absent') return []
    if (verdict.kind === 'unsafe') {
      const instead = fallbackLogFolder(statePaths.stateDir)
      return [found('logFolderUnsafe', 'warn', { path, detail: verdict.detail, instead })]
    }
    const findings: Found[] = []
    if (!verdict.isPrivate) {
      const stats = await lstatOrNull(path)
      const mode = modeText(stats?.mode ?? 0)
      findings.push(found('logFolderOpen', 'warn', { path, mode }, { mend: () => makePrivate(path, uid) }))
    }
    const logs: string[] = []
    for await (const entry of walk(path, 1)) {
      if (entry.kind === 'file' && /^(?:moltbot|access)-.*\.log/.test(basename(entry.path)))
        logs.push(entry.path)
    }
    return [...findings, ...(await openFiles(path, logs, uid))]
  },
}

async function openFiles(path: string, logs: readonly string[], uid: number): Promise<Found[]> {
  const open: string[] = []
  const evidence: string[] = []
  for (const log of logs.toSorted()) {
    const stats = await lstatOrNull(log).catch(() => null)
    if (!stats?.isFile() || stats.uid !== uid || !(stats.mode & othersMayDoAnything)) continue
    open.push(log)
    evidence.push(`${modeText(stats.mode)} ${log}`)
  }
  if (open.length === 0) return []
  const mend = async () => {
    let first: Problem | null = null
    for (const log of open) first = (await makePrivate(log, uid)) ?? first
    return first
  }
  const facts = { path, count: open.length }
  return [found('logFilesOpen', 'warn', facts, { evidence: evidence.slice(0, 20), mend })]
}
