import { useId } from 'react'
import './field.css'
import './form.css'

type PassphraseFieldProps = {
  label: string
  hint?: string
  /** What is wrong with it; null while nothing is. */
  fault: string | null
  isFocused?: boolean
  onInput(): void
  /** The name under which the form reads it. */
  name: string
}

/** Nobody's password manager is asked, and what is typed stands in the field alone. */
export function PassphraseField({
  label,
  hint,
  fault,
  isFocused = false,
  onInput,
  name,
}: PassphraseFieldProps) {
  const id = useId()
  const said = fault ?? hint
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        className="field"
        type="password"
        autoComplete="off"
        spellCheck={false}
        maxLength={1024}
        // biome-ignore lint/a11y/noAutofocus: only in a form that has just been asked for
        autoFocus={isFocused}
        aria-invalid={fault !== null}
        aria-describedby={said ? `${id}-hint` : undefined}
        onInput={onInput}
      />
      {said && (
        <p className={fault ? 'field-wrong' : 'form-hint'} id={`${id}-hint`}>
          {said}
        </p>
      )}
    </div>
  )
}

/** What stands in a field of a form that was sent. */
export function textIn(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}
