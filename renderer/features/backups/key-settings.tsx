import { type FormEvent, useId, useState } from 'react'
import { type BackupKeyMode, type BackupKeyView, backupKeyModes } from '../../../shared/backups.ts'
import { formatDayAndTime } from '../../../shared/wording/format.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Group } from '../../parts/group.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { PassphraseField, textIn } from '../../parts/passphrase-field.tsx'
import { Row } from '../../parts/row.tsx'
import { Segments } from '../../parts/segments.tsx'
import { SubmitButton } from '../../parts/submit-button.tsx'
import { useWording } from '../../wording.ts'
import { recipientsIn } from './backup-text.ts'
import { useBackups } from './backups-store.ts'
import { SaveSheet } from './save-sheet.tsx'

type KeySettingsProps = {
  keyView: BackupKeyView
  /** A sheet was saved just now, and the page says where. */
  onSheetSaved(path: string): void
}

/** What backups are encrypted for; another choice holds when it was confirmed. */
export function KeySettings({ keyView, onSheetSaved }: KeySettingsProps) {
  const { language, t } = useWording()
  const id = useId()
  const [wish, setWish] = useState<BackupKeyMode | null>(null)
  const mode = wish ?? keyView.mode
  return (
    <Group title={t('backups.key.title')}>
      <Row
        id={id}
        label={t('backups.key.label')}
        hint={t(`backups.key.hint.${mode}`)}
        control={
          <Segments
            id={id}
            choices={backupKeyModes.map((value) => ({ value, label: t(`backups.key.mode.${value}`) }))}
            chosen={mode}
            onChoose={(value) => {
              setWish(value === keyView.mode && value !== 'recipients' ? null : value)
              useBackups.getState().forgetRefusal('key')
            }}
          />
        }
      >
        {wish ? (
          <UseKey mode={wish} recipients={keyView.recipients} onClose={() => setWish(null)} />
        ) : (
          <KeyFacts keyView={keyView} />
        )}
      </Row>
      {keyView.mode === 'key' && keyView.sheetSavedAt !== null && wish === null && (
        <Row
          id={`${id}-sheet`}
          label={t('backups.sheet.label')}
          hint={t('backups.sheet.saved', { at: formatDayAndTime(language, keyView.sheetSavedAt) })}
          control={<SaveSheet isAgain onSaved={onSheetSaved} />}
        />
      )}
    </Group>
  )
}

function KeyFacts({ keyView: { mode, recipients, keptIn } }: { keyView: BackupKeyView }) {
  const { t } = useWording()
  return (
    <div className="key-facts quiet">
      {keptIn && <p>{t(`backups.key.keptIn.${keptIn}`)}</p>}
      {mode === 'key' && recipients.length === 0 && <p>{t('backups.key.made')}</p>}
      {recipients.length > 0 && (
        <div>
          {t('backups.key.recipient')}{' '}
          {recipients.map((recipient) => (
            <code key={recipient}>{recipient} </code>
          ))}
        </div>
      )}
    </div>
  )
}

type UseKeyProps = { mode: BackupKeyMode; recipients: readonly string[]; onClose(): void }

function UseKey({ mode, recipients, onClose }: UseKeyProps) {
  const { t } = useWording()
  const { backups } = useCommands()
  const id = useId()
  const [fault, setFault] = useState<'empty' | 'differ' | 'recipients' | null>(null)
  const isAsked = useBackups((store) => store.asked.has('key'))
  const refusal = useBackups((store) => store.refusals.key)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isAsked) return
    const form = event.currentTarget
    if (mode === 'key') {
      if (await backups.chooseKey({ mode })) onClose()
      return
    }
    if (mode === 'passphrase') {
      const passphrase = textIn(form, 'passphrase')
      const found = passphrase === '' ? 'empty' : passphrase === textIn(form, 'again') ? null : 'differ'
      setFault(found)
      if (!found && (await backups.chooseKey({ mode, passphrase }))) onClose()
      return
    }
    const chosen = recipientsIn(textIn(form, 'recipients'))
    setFault(chosen ? null : 'recipients')
    if (chosen && (await backups.chooseKey({ mode, recipients: chosen }))) onClose()
  }
  return (
    <form
      className="form"
      onSubmit={(event) => void submit(event)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      {mode === 'passphrase' && (
        <>
          <PassphraseField
            name="passphrase"
            label={t('backups.key.mode.passphrase')}
            hint={t('secrets.store.passphraseHint')}
            fault={fault === 'empty' ? t('secrets.store.passphraseHint') : null}
            onInput={() => setFault(null)}
          />
          <PassphraseField
            name="again"
            label={t('secrets.store.passphraseAgain')}
            fault={fault === 'differ' ? t('secrets.store.passphrasesDiffer') : null}
            onInput={() => setFault(null)}
          />
        </>
      )}
      {mode === 'recipients' && (
        <div className="form-field">
          <label htmlFor={id}>{t('backups.key.recipients')}</label>
          <textarea
            id={id}
            name="recipients"
            className="field"
            rows={3}
            data-code="true"
            autoComplete="off"
            spellCheck={false}
            defaultValue={recipients.join('\n')}
            aria-invalid={fault === 'recipients'}
            aria-describedby={`${id}-hint`}
            onInput={() => setFault(null)}
          />
          <p className={fault === 'recipients' ? 'field-wrong' : 'form-hint'} id={`${id}-hint`}>
            {t(
              fault === 'recipients' ? 'backups.key.recipientsInvalid' : 'backups.key.recipientsHint',
            ).replaceAll('`', '')}
          </p>
        </div>
      )}
      <p className="form-hint">{t('backups.key.older')}</p>
      {refusal && <InlineProblem problem={refusal} />}
      <div className="form-acts">
        <SubmitButton busy={isAsked}>{t('backups.key.use')}</SubmitButton>
        <Button onPress={onClose}>{t('backups.act.cancel')}</Button>
      </div>
    </form>
  )
}
