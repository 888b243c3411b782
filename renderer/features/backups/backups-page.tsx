import { useEffect, useState } from 'react'
import type { BackupFile } from '../../../shared/backups.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { Group } from '../../parts/group.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { useDismissedJob } from '../jobs/dismissed-job.ts'
import { useJobs } from '../jobs/jobs-store.ts'
import { LostNotice } from '../session/lost-notice.tsx'
import { useSession } from '../session/session-store.ts'
import { BackupTable } from './backup-table.tsx'
import { useBackups } from './backups-store.ts'
import { useFollowed } from './followed-jobs.ts'
import { HealthLine } from './health-line.tsx'
import { KeptStates } from './kept-states.tsx'
import { KeySettings } from './key-settings.tsx'
import { OpenFile } from './open-file.tsx'
import { RestorePanel } from './restore-panel.tsx'
import { restoreStage } from './restore-stage.ts'
import { ScheduleSettings } from './schedule-settings.tsx'
import { SheetNotice } from './sheet-notice.tsx'
import '../../parts/page.css'
import './backups.css'

const fromFileId = 'backup-from-file'

/** Is it well, what is there, how to get it back, and how it goes on by itself: top to bottom. */
export function BackupsPage() {
  const { t } = useWording()
  const { backups } = useCommands()
  const connection = useSession((store) => store.connection)
  const view = useBackups((store) => store.view)
  const jobs = useJobs((store) => store.view)
  const followed = useFollowed((store) => store.followed)
  /** The file that is asked about: a known one by its path, or any. */
  const [asked, setAsked] = useState<{ file: string | null; opener: string } | null>(null)
  const [sheetPath, setSheetPath] = useState<string | null>(null)
  const refusal = useBackups((store) => store.refusals.restore)
  const dismiss = useDismissedJob((store) => store.dismiss)
  const isConnected = connection.name === 'connected'
  useEffect(() => {
    // A disk may have been plugged in or out meanwhile.
    if (isConnected) void backups.look()
  }, [isConnected, backups])
  if (!view || !jobs) return null
  const stage = restoreStage(jobs, followed)
  const isRestoring = stage.name !== 'none'
  const leave = () => {
    // What was read and closed here is not told again beside the next page.
    if (stage.name !== 'none' && stage.job.state !== 'running') dismiss(stage.job.id)
    focusOn(asked?.opener ?? fromFileId)
    setAsked(null)
    useFollowed.getState().leaveRestore()
    useBackups.getState().forgetRefusal('restore')
  }
  const begin = ({ name, path }: BackupFile) => {
    useFollowed.getState().leaveRestore()
    const opener = `${name}-restore`
    // What this machine cannot read by itself is asked for first.
    if (view.key.mode === 'recipients') setAsked({ file: path, opener })
    else {
      setAsked(null)
      void backups.inspect(name, {})
    }
  }
  return (
    <div className="page backups">
      <h1>{t('page.backups')}</h1>
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      <fieldset className="page-acts" disabled={!isConnected}>
        {view.choicesProblem && <InlineProblem problem={view.choicesProblem} />}
        <HealthLine view={view} />
        {view.key.mode === 'key' && view.key.sheetSavedAt === null && <SheetNotice onSaved={setSheetPath} />}
        {sheetPath !== null && (
          <div className="outcome" role="status">
            <StateShape shape="running" size={14} />
            <p>
              <CodedText>{t('backups.sheet.savedAt', { path: sheetPath })}</CodedText>
            </p>
          </div>
        )}
        {isRestoring && <RestorePanel stage={stage} onClose={leave} />}
        {!isRestoring && asked && (
          <section className="restore" aria-label={t('backups.file.title')}>
            <h2>{t('backups.file.title')}</h2>
            <OpenFile
              key={asked.file}
              file={asked.file}
              way={asked.file === null ? 'own' : 'identity'}
              onClose={leave}
            />
          </section>
        )}
        {!isRestoring && !asked && refusal && <InlineProblem problem={refusal} />}
        <Group
          title={t('backups.list')}
          acts={
            <Button
              id={fromFileId}
              kind="quiet"
              expanded={asked !== null}
              onPress={() => {
                useFollowed.getState().leaveRestore()
                setAsked({ file: null, opener: fromFileId })
              }}
            >
              {t('backups.fromFile')}
            </Button>
          }
        >
          <BackupTable files={view.files} onRestore={begin} />
        </Group>
        <ScheduleSettings view={view} />
        <KeySettings keyView={view.key} onSheetSaved={setSheetPath} />
        {view.keptStates.length > 0 && <KeptStates states={view.keptStates} />}
      </fieldset>
    </div>
  )
}
