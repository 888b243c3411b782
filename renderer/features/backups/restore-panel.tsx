import { type ReactNode, useEffect, useRef } from 'react'
import type { ProblemCode } from '../../../shared/problem.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { ProblemText } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { JobProgress } from '../jobs/job-progress.tsx'
import { useBackups } from './backups-store.ts'
import { useFollowed } from './followed-jobs.ts'
import { OpenFile } from './open-file.tsx'
import { RestoreOutcome } from './restore-outcome.tsx'
import { Preview } from './restore-preview.tsx'
import type { RestoreStage } from './restore-stage.ts'

/** Where another key or passphrase may help. */
const keyProblems: ReadonlySet<ProblemCode> = new Set([
  'BACKUP_WRONG_KEY',
  'BACKUP_WRONG_PASSPHRASE',
  'BACKUP_KEY_ELSEWHERE',
  'BACKUP_KEY_UNREADABLE',
  'BACKUP_IDENTITY_INVALID',
])

/** A restore from the look into the backup to its outcome; nothing changes before the last button. */
export function RestorePanel({ stage, onClose }: { stage: RestoreStage; onClose(): void }) {
  const { t } = useWording()
  const panel = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each stage begins at its heading
  useEffect(() => {
    panel.current?.scrollIntoView({ block: 'nearest' })
    if (document.activeElement === document.body) panel.current?.focus()
  }, [stage.name])
  return (
    <section className="restore" ref={panel} tabIndex={-1} aria-label={t('backups.preview.title')}>
      <Stage stage={stage} onClose={onClose} />
    </section>
  )
}

function Stage({ stage, onClose }: { stage: RestoreStage; onClose(): void }): ReactNode {
  const { t } = useWording()
  const followed = useFollowed((store) => store.followed['backup.inspect'])
  switch (stage.name) {
    case 'none':
      return null
    case 'inspecting':
    case 'restoring':
      return <JobProgress job={stage.job} />
    case 'preview':
      return <Ready stage={stage} onClose={onClose} />
    case 'unfit':
      return (
        <>
          <div className="outcome">
            <StateShape shape="failed" size={14} />
            <div>
              <p className="outcome-what">{t('backups.outcome.inspectFailed')}</p>
              {stage.job.problem && <ProblemText problem={stage.job.problem} />}
            </div>
          </div>
          {stage.job.problem && keyProblems.has(stage.job.problem.code) ? (
            <OpenFile file={followed?.file ?? null} way="identity" onClose={onClose} />
          ) : (
            <div className="form-acts">
              <Button onPress={onClose}>{t('backups.act.close')}</Button>
            </div>
          )}
        </>
      )
    case 'ended':
      return (
        <>
          <RestoreOutcome job={stage.job} />
          <div className="form-acts">
            <Button onPress={onClose}>{t('backups.act.close')}</Button>
          </div>
        </>
      )
  }
}

function Ready({ stage, onClose }: { stage: Extract<RestoreStage, { name: 'preview' }>; onClose(): void }) {
  const { t } = useWording()
  const { backups } = useCommands()
  const opening = useFollowed((store) => store.opening)
  const followed = useFollowed((store) => store.followed['backup.inspect'])
  /** The page was loaded anew since, and what opens a backup is kept in memory only. */
  const isForgotten = followed?.isGiven === true && Object.keys(opening).length === 0
  const isAsked = useBackups((store) => store.asked.has('restore'))
  const refusal = useBackups((store) => store.refusals.restore)
  return (
    <>
      <div>
        <h2>{t('backups.preview.title')}</h2>
        <p className="quiet">{t('backups.preview.nothingYet')}</p>
      </div>
      <Preview preview={stage.preview} />
      {isForgotten ? (
        <>
          <p>{t('backups.preview.openAgain')}</p>
          <OpenFile file={stage.preview.file} way="identity" onClose={onClose} />
        </>
      ) : (
        <>
          {refusal && <InlineProblem problem={refusal} />}
          <div className="form-acts">
            <Button
              kind="danger"
              busy={isAsked}
              onPress={() => void backups.restore(stage.preview.file, opening)}
            >
              {t('backups.preview.restore')}
            </Button>
            <Button onPress={onClose}>{t('backups.act.cancel')}</Button>
          </div>
        </>
      )}
    </>
  )
}
