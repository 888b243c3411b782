import type { Clock } from '../../host/clock.ts'
import type { BackupsView } from '../../shared/backups.ts'
import type { GatewayView } from '../../shared/host-api.ts'
import type { JobsView } from '../../shared/jobs.ts'
import type { UpdatesView } from '../../shared/updates.ts'
import { type BackupStep, onBackups, onJobs, startBackupMemory } from './backup-policy.ts'
import { type NoticeStep, onChanged, onStillAway, startMemory } from './notice-policy.ts'
import type { AnyNotice } from './notice-text.ts'
import { onUpdates, type UpdateMemory } from './update-policy.ts'

export interface Notices {
  changed(view: GatewayView): void
  jobsChanged(view: JobsView): void
  backupsChanged(view: BackupsView): void
  updatesChanged(view: UpdatesView): void
  stop(): void
}

/** Lets time and states pass through the policy, and shows what comes of it while `isOn`. */
export function runNotices(parts: { clock: Clock; isOn(): boolean; show(notice: AnyNotice): void }): Notices {
  const { clock } = parts
  let memory = startMemory
  let backupMemory = startBackupMemory
  let updateMemory: UpdateMemory | null = null
  let cancel = () => {}
  const follow = (step: NoticeStep) => {
    memory = step.memory
    if (step.wait !== null) cancel()
    if (typeof step.wait === 'number') cancel = clock.after(step.wait, () => follow(onStillAway(memory)))
    if (step.notice && parts.isOn()) parts.show(step.notice)
  }
  const followBackups = (step: BackupStep) => {
    backupMemory = step.memory
    if (step.notice && parts.isOn()) parts.show(step.notice)
  }
  return {
    jobsChanged: (view) => followBackups(onJobs(backupMemory, view)),
    backupsChanged: (view) => followBackups(onBackups(backupMemory, view)),
    updatesChanged: (view) => {
      const { memory: next, notice } = onUpdates(updateMemory, view)
      updateMemory = next
      if (notice && parts.isOn()) parts.show(notice)
    },
    changed: (view) => follow(onChanged(memory, view, clock.now().mono)),
    stop: () => cancel(),
  }
}
