import { useState } from 'react'
import type { BackupFile } from '../../../shared/backups.ts'
import { formatBytes, formatDayAndTime, formatMoment } from '../../../shared/wording/format.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useWording } from '../../wording.ts'
import { JobBrief } from '../jobs/job-brief.tsx'
import { useJobs } from '../jobs/jobs-store.ts'
import { useBackups } from './backups-store.ts'
import { useFollowed } from './followed-jobs.ts'

type BackupRowProps = {
  file: BackupFile
  isOnly: boolean
  /** Long work is under way: another one would be refused. */
  isBusy: boolean
  onRestore(file: BackupFile): void
}

/** One backup, and under it whatever is being done with it. */
export function BackupRow({ file, isOnly, isBusy, onRestore }: BackupRowProps) {
  const { language, t } = useWording()
  const { backups } = useCommands()
  const { name, createdAt } = file
  const [isDeleting, setDeleting] = useState(false)
  const isAsked = useBackups((store) => store.asked.has(name))
  const refusal = useBackups((store) => store.refusals[name])
  const followed = useFollowed(({ followed }) => followed['backup.verify'])
  const job = useJobs((store) =>
    followed?.file === name ? store.view?.jobs.find(({ id }) => id === followed.id) : undefined,
  )
  const at = formatDayAndTime(language, createdAt)
  const isFailed = job?.state === 'failed' && job.problem !== null
  const close = () => {
    setDeleting(false)
    focusOn(`${name}-delete`)
    useBackups.getState().forgetRefusal(name)
  }
  return (
    <>
      <tr className="table-row">
        <th scope="row">
          <time dateTime={new Date(createdAt).toISOString()} title={formatMoment(language, createdAt)}>
            {at}
          </time>
        </th>
        <td className="table-number" data-label={t('backups.column.size')}>
          {formatBytes(file.bytes)}
        </td>
        <td className="quiet" data-label={t('backups.column.verified')}>
          {file.verifiedAt === null ? t('backups.never') : <Moment at={file.verifiedAt} />}
        </td>
        <td className="table-acts">
          <div>
            <Button
              kind="quiet"
              busy={isAsked || isBusy}
              label={t('backups.act.verifyOf', { at })}
              onPress={() => void backups.verify(name)}
            >
              {t('backups.act.verify')}
            </Button>
            <Button
              id={`${name}-restore`}
              kind="quiet"
              busy={isAsked || isBusy}
              label={t('backups.act.restoreOf', { at })}
              onPress={() => onRestore(file)}
            >
              {t('backups.act.restore')}
            </Button>
            <Button
              id={`${name}-delete`}
              kind="quiet"
              busy={isAsked}
              label={t('backups.act.deleteOf', { at })}
              expanded={isDeleting}
              onPress={() => (isDeleting ? close() : setDeleting(true))}
            >
              {t('backups.act.delete')}
            </Button>
          </div>
        </td>
      </tr>
      {(isDeleting || refusal || job?.state === 'running' || isFailed) && (
        <tr className="table-more">
          <td colSpan={4}>
            {job?.state === 'running' && <JobBrief job={job} />}
            {isFailed && job.problem && <InlineProblem problem={job.problem} />}
            {isDeleting && (
              <Confirm
                act={t('backups.act.deleteIt')}
                cancel={t('backups.act.cancel')}
                busy={isAsked}
                onAct={() => void backups.delete(name)}
                onClose={close}
              >
                {t(isOnly ? 'backups.confirmDeleteLast' : 'backups.confirmDelete', { at })}
              </Confirm>
            )}
            {refusal && <InlineProblem problem={refusal} />}
          </td>
        </tr>
      )}
    </>
  )
}
