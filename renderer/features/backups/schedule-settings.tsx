import { useId, useState } from 'react'
import type { BackupsView } from '../../../shared/backups.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Group } from '../../parts/group.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { LineForm } from '../../parts/line-form.tsx'
import { Row } from '../../parts/row.tsx'
import { Switch } from '../../parts/switch.tsx'
import { useWording } from '../../wording.ts'
import { isWholePath, keepIn, timeIn } from './backup-text.ts'
import { useBackups } from './backups-store.ts'

export const folderFieldId = 'backup-folder'

/** When backups are made by themselves, how many are kept, and where. */
export function ScheduleSettings({ view: { schedule, folder } }: { view: BackupsView }) {
  const { t } = useWording()
  const { backups } = useCommands()
  const id = useId()
  /** Shown until the host has answered, and never longer. */
  const [wish, setWish] = useState<boolean | null>(null)
  const isAsked = useBackups((store) => store.asked.has('schedule'))
  const isFolderAsked = useBackups((store) => store.asked.has('folder'))
  const refusal = useBackups((store) => store.refusals.schedule)
  const folderRefusal = useBackups((store) => store.refusals.folder)
  const label = (part: string, words: string) => <label htmlFor={`${id}-${part}`}>{words}</label>
  return (
    <Group title={t('backups.schedule.title')}>
      <Row
        id={`${id}-daily`}
        label={label('daily', t('backups.schedule.daily'))}
        hint={t('backups.schedule.dailyHint')}
        isSmall
        isSaving={isAsked}
        control={
          <Switch
            id={`${id}-daily`}
            isOn={wish ?? schedule.enabled}
            onChange={(enabled) => {
              setWish(enabled)
              void backups.change('schedule', { enabled }).then(() => setWish(null))
            }}
          />
        }
      >
        {refusal && <InlineProblem problem={refusal} />}
      </Row>
      <Row
        id={`${id}-time`}
        label={label('time', t('backups.schedule.time'))}
        hint={t('backups.schedule.timeHint')}
        control={
          <LineForm
            id={`${id}-time`}
            value={schedule.at}
            size="short"
            isAsked={isAsked}
            faultOf={(text) => (timeIn(text) === null ? t('backups.schedule.timeInvalid') : null)}
            onSave={(text) => backups.change('schedule', { at: timeIn(text) ?? schedule.at })}
          />
        }
      />
      <Row
        id={`${id}-keep`}
        label={label('keep', t('backups.schedule.keep'))}
        hint={t('backups.schedule.keepHint')}
        control={
          <LineForm
            id={`${id}-keep`}
            value={String(schedule.keep)}
            size="short"
            isAsked={isAsked}
            faultOf={(text) => (keepIn(text) === null ? t('backups.schedule.keepInvalid') : null)}
            onSave={(text) => backups.change('schedule', { keep: keepIn(text) ?? schedule.keep })}
          />
        }
      />
      <Row
        id={folderFieldId}
        label={<label htmlFor={folderFieldId}>{t('backups.schedule.folder')}</label>}
        hint={t('backups.schedule.folderHint')}
        control={null}
      >
        <div className="folder-line">
          <LineForm
            id={folderFieldId}
            value={folder}
            size="long"
            isAsked={isFolderAsked}
            faultOf={(text) => (isWholePath(text) ? null : t('backups.schedule.folderInvalid'))}
            onSave={(text) => backups.change('folder', { folder: text })}
          />
          <Button
            kind="quiet"
            busy={isFolderAsked}
            onPress={() => void backups.change('folder', { folder: null })}
          >
            {t('backups.schedule.folderDefault')}
          </Button>
        </div>
        {folderRefusal && <InlineProblem problem={folderRefusal} />}
      </Row>
    </Group>
  )
}
