import { homedir } from 'node:os'
import { type BackupRecord, firstBackupRecord } from '../../../host/backup/backup-record.ts'
import { backupsView, scheduleView } from '../../../host/backup/backups-view.ts'
import { readBackupRecord } from '../../../host/backup/read-backup-record.ts'
import { checksOf } from '../../../host/checks/check-lists.ts'
import { mendedEvidence } from '../../../host/checks/checks-owner.ts'
import { found, told } from '../../../host/checks/finding.ts'
import { Reach } from '../../../host/checks/reach.ts'
import { runChecks } from '../../../host/checks/run-checks.ts'
import { claimHost } from '../../../host/claim-host.ts'
import { systemClock } from '../../../host/clock.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { workingDir } from '../../../host/config/working-dir.ts'
import { lookAtService } from '../../../host/gateway-service/look-at-service.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { createMasker } from '../../../host/masking/masker.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { openSecrets } from '../../../host/secrets/open-secrets.ts'
import { Timeline } from '../../../host/timeline/timeline.ts'
import type { BackupsView } from '../../../shared/backups.ts'
import type { ChecksReport } from '../../../shared/checks.ts'
import type { FindingFacts } from '../../../shared/findings.ts'
import { type Problem, ProblemError } from '../../../shared/problem.ts'
import type { ChecksOrder } from './show-checks.ts'

type Outcome =
  | { readonly ok: true; readonly report: ChecksReport }
  | { readonly ok: false; readonly problem: Problem }

/**
 * Looks without a host. Looking writes nothing; whoever mends holds the host's place meanwhile, so that none is
 * started on files that are being put right.
 */
export async function checkByOurselves(
  order: ChecksOrder,
  hungHost: FindingFacts['hostHung'] | null,
): Promise<Outcome> {
  if (!order.fix) {
    const report = await look(order, null)
    const hung = hungHost && told(found('hostHung', 'critical', hungHost))
    return { ok: true, report: hung ? { ...report, findings: [hung, ...report.findings] } : report }
  }
  const claim = await claimHost(process.env)
  if (claim.kind === 'blocked') return { ok: false, problem: claim.problem }
  // One was started just now; it will do.
  if (claim.kind === 'other') return { ok: true, report: await look({ ...order, fix: false }, null) }
  const timeline = await Timeline.open(claim.ground.hostPaths.timelinePath, () => {})
  try {
    return { ok: true, report: await look(order, timeline) }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { ok: false, problem: error.problem }
  } finally {
    await timeline.close()
    await claim.release()
  }
}

async function look({ kind, deep, fix }: ChecksOrder, timeline: Timeline | null): Promise<ChecksReport> {
  const { env, platform, execPath: nodePath } = process
  const home = homedir()
  const hostPaths = resolveHostPaths(env, home, platform)
  const statePaths = resolveStatePaths(env, home, workingDir())
  const clock = systemClock
  const now = () => clock.now().wall
  const secrets = await openSecrets({
    env,
    nodePath,
    hostPaths,
    statePaths,
    clock,
    changed: () => {},
    note: (what, evidence) => timeline?.append(what, null, evidence, now()),
  })
  const reach = new Reach()
  try {
    const report = await runChecks(
      {
        env,
        home,
        platform,
        uid: process.getuid?.() ?? -1,
        statePaths,
        hostPaths,
        nodePath,
        table: openProcessTable(),
        reach,
        now,
        knowledge: {
          secrets,
          gateway: () => null,
          askHealth: () => null,
          async backups() {
            const record = (await readBackupRecord(hostPaths.backupsPath)) ?? firstBackupRecord(now())
            const folder = record.folder ?? hostPaths.backupFolder
            if (!(await reach.answers(folder))) return unseen(record, folder, now())
            return backupsView(record, { clock, hostPaths, statePaths, secrets }, 0, null)
          },
          service: async () => ({ revision: 0, ...(await lookAtService(env)) }),
          terminals: () => null,
        },
      },
      {
        kind,
        deep,
        fix,
        checks: checksOf(kind, deep),
        mended: (what) => void timeline?.append('troubleMended', null, mendedEvidence(what), now()),
      },
    )
    return createMasker(() => secrets.knownValues).deep(report)
  } finally {
    await secrets.close()
  }
}

/** What is known of backups whose folder does not answer. */
function unseen(record: BackupRecord, folder: string, now: number): BackupsView {
  return {
    revision: 0,
    choicesProblem: null,
    folder,
    folderProblem: null,
    files: [],
    key: { mode: record.key.mode, recipients: [], keptIn: null, sheetSavedAt: null },
    schedule: scheduleView(record, now),
    last: record.last,
    keptStates: [],
  }
}
