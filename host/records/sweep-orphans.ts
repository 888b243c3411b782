import type { TimelineKind } from '../../shared/timeline.ts'
import { supervisorMark } from '../child/child-environment.ts'
import { endMarked } from '../child/end-marked.ts'
import { isSameProcess, type ProcessTable } from '../processes/process-table.ts'
import type { RecordFile } from './record-file.ts'
import type { RunRecord } from './run-record.ts'

interface Sweep {
  readonly record: RecordFile<RunRecord>
  readonly table: ProcessTable
  readonly bootId: string
  readonly uid: number
  note(kind: TimelineKind, evidence: Record<string, string | number | string[]>): void
}

/**
 * Ends what a dead host has left behind. The record only says where to look: each process must carry
 * that host's nonce in its own environment. A record of another boot is about processes that are gone;
 * one of another user, or of a host that still lives, is none of ours and is kept aside.
 */
export async function sweepOrphans({ record, table, bootId, uid, note }: Sweep): Promise<void> {
  const found = await record.read()
  if (found.kind === 'setAside') {
    return note('recordIgnored', { why: 'unreadable', keptAt: found.keptAt, detail: found.detail })
  }
  if (found.kind === 'absent') return
  const { value: last } = found
  if (last.uid !== uid) {
    return note('recordIgnored', { why: 'anotherUser', keptAt: await record.setAside('foreign') })
  }
  if (last.bootId !== bootId) return note('previousHostDied', { why: 'rebooted', pid: last.host.pid })
  if (isSameProcess(table, last.host)) {
    return note('recordIgnored', {
      why: 'hostStillRuns',
      pid: last.host.pid,
      keptAt: await record.setAside('foreign'),
    })
  }
  note('previousHostDied', { pid: last.host.pid })
  for (const orphan of await endMarked(table, supervisorMark, last.nonce)) {
    note('orphanEnded', {
      pid: orphan.pid,
      startTime: orphan.startTime,
      nonce: last.nonce,
    })
  }
}
