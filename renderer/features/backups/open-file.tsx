import { type FormEvent, useId, useState } from 'react'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { textIn } from '../../parts/passphrase-field.tsx'
import { SubmitButton } from '../../parts/submit-button.tsx'
import { useWording } from '../../wording.ts'
import { isWholePath } from './backup-text.ts'
import { useBackups } from './backups-store.ts'
import { OpeningFields, type OpeningWay } from './opening-fields.tsx'
import '../../parts/form.css'

type OpenFileProps = {
  /** Where it is known already which backup it is. */
  file: string | null
  way: OpeningWay
  onClose(): void
}

/** Names a backup and what opens it; the host looks into it before anything can be restored. */
export function OpenFile({ file, way: firstWay, onClose }: OpenFileProps) {
  const { t } = useWording()
  const { backups } = useCommands()
  const id = useId()
  const [way, setWay] = useState(firstWay)
  const [isPathWrong, setPathWrong] = useState(false)
  const isAsked = useBackups((store) => store.asked.has('restore'))
  const refusal = useBackups((store) => store.refusals.restore)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const path = file ?? textIn(event.currentTarget, 'file').trim()
    const isWrong = file === null && !isWholePath(path)
    setPathWrong(isWrong)
    if (isWrong || isAsked) return
    const given = way === 'own' ? '' : textIn(event.currentTarget, way)
    await backups.inspect(path, given === '' || way === 'own' ? {} : { [way]: given })
  }
  return (
    <form
      className="form open-file"
      onSubmit={(event) => void submit(event)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      {file === null && (
        <div className="form-field">
          <label htmlFor={id}>{t('backups.file.path')}</label>
          <input
            id={id}
            name="file"
            className="field"
            type="text"
            data-code="true"
            autoComplete="off"
            spellCheck={false}
            maxLength={4096}
            // biome-ignore lint/a11y/noAutofocus: the form has just been asked for
            autoFocus
            aria-invalid={isPathWrong}
            aria-describedby={`${id}-hint`}
            onInput={() => setPathWrong(false)}
          />
          <p className={isPathWrong ? 'field-wrong' : 'form-hint'} id={`${id}-hint`}>
            <CodedText>{t(isPathWrong ? 'backups.file.pathInvalid' : 'backups.file.pathHint')}</CodedText>
          </p>
        </div>
      )}
      <OpeningFields way={way} onWay={setWay} />
      {refusal && <InlineProblem problem={refusal} />}
      <div className="form-acts">
        <SubmitButton busy={isAsked}>{t('backups.file.look')}</SubmitButton>
        <Button onPress={onClose}>{t('backups.act.cancel')}</Button>
      </div>
    </form>
  )
}
