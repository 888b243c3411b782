import { useId, useRef, useState } from 'react'
import { knownSecretNames, type SecretsView } from '../../../shared/secrets.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { CodedText } from '../../parts/coded-text.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { SubmitButton } from '../../parts/submit-button.tsx'
import { useWording } from '../../wording.ts'
import { asName, asValue, isName, reference, valueFault } from './secret-text.ts'
import { useSecrets } from './secrets-store.ts'
import { ValueField } from './value-field.tsx'
import '../../parts/field.css'
import '../../parts/form.css'

/** A secret with a name that the owner chooses; names that Moltbot knows are suggested. */
export function AddSecret({ view, onClose }: { view: SecretsView; onClose(): void }) {
  const { t } = useWording()
  const { secrets } = useCommands()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [isNameWrong, setNameWrong] = useState(false)
  const [fault, setFault] = useState<ReturnType<typeof valueFault>>(null)
  const isAsked = useSecrets((store) => store.asked.has('add'))
  const refusal = useSecrets((store) => store.refusals.add)
  const there = new Set(view.secrets.map((secret) => secret.name))
  const submit = async () => {
    const value = asValue(field.current?.value ?? '')
    const found = valueFault(value)
    setNameWrong(!isName(name))
    setFault(found)
    if (!isName(name)) nameField.current?.focus()
    else if (found) field.current?.focus()
    else if (!isAsked && (await secrets.set('add', name, value))) onClose()
  }
  return (
    <form
      className="form add-secret"
      aria-label={t('secrets.act.add')}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      <div className="form-field">
        <label htmlFor={id}>{t('secrets.name')}</label>
        <input
          ref={nameField}
          id={id}
          className="field"
          type="text"
          data-code="true"
          list={`${id}-names`}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the form has just been asked for
          autoFocus
          maxLength={64}
          value={name}
          aria-invalid={isNameWrong}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            setName(asName(target.value))
            setNameWrong(false)
          }}
        />
        <datalist id={`${id}-names`}>
          {knownSecretNames
            .filter((known) => !there.has(known))
            .map((known) => (
              <option key={known} value={known} />
            ))}
        </datalist>
        <p className={isNameWrong ? 'field-wrong' : 'form-hint'} id={`${id}-hint`}>
          {isNameWrong ? (
            t('secrets.nameInvalid')
          ) : (
            <CodedText>
              {there.has(name) ? t('secrets.nameThere') : t('secrets.nameHint', { reference })}
            </CodedText>
          )}
        </p>
      </div>
      <ValueField field={field} fault={fault} onInput={() => setFault(null)} isFocused={false} />
      {refusal && <InlineProblem problem={refusal} />}
      <div className="form-acts">
        <SubmitButton busy={isAsked}>{t('secrets.act.setIt')}</SubmitButton>
        <Button onPress={onClose}>{t('secrets.act.cancel')}</Button>
      </div>
    </form>
  )
}
