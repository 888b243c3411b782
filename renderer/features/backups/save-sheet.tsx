import { type FormEvent, useId } from 'react'
import { useCommands } from '../../commands.ts'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { textIn } from '../../parts/passphrase-field.tsx'
import { SubmitButton } from '../../parts/submit-button.tsx'
import { useWording } from '../../wording.ts'
import { useBackups } from './backups-store.ts'

type SaveSheetProps = { isAgain?: boolean; onSaved(path: string): void }

/** Writes the recovery sheet; without a path, into the home folder. */
export function SaveSheet({ isAgain = false, onSaved }: SaveSheetProps) {
  const { t } = useWording()
  const { backups } = useCommands()
  const id = useId()
  const isAsked = useBackups((store) => store.asked.has('sheet'))
  const refusal = useBackups((store) => store.refusals.sheet)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const path = await backups.saveSheet(textIn(event.currentTarget, 'path').trim())
    if (path !== null) onSaved(path)
  }
  return (
    <form className="form sheet-form" onSubmit={(event) => void submit(event)}>
      <div className="form-line">
        <label className="form-hint" htmlFor={id}>
          {t('backups.sheet.path')}
        </label>
        <input
          id={id}
          name="path"
          className="field"
          type="text"
          autoComplete="off"
          spellCheck={false}
          maxLength={4096}
          placeholder={t('backups.sheet.placeholder')}
        />
        <SubmitButton busy={isAsked} kind={isAgain ? 'plain' : 'primary'}>
          {isAgain ? t('backups.sheet.again') : t('backups.sheet.save')}
        </SubmitButton>
      </div>
      {refusal && <InlineProblem problem={refusal} />}
    </form>
  )
}
