import { type FormEvent, useState } from 'react'
import { useWording } from '../wording.ts'
import { Button } from './button.tsx'
import { SubmitButton } from './submit-button.tsx'
import './field.css'
import './form.css'
import './line-form.css'

type LineFormProps = {
  id: string
  /** As the host has it. */
  value: string
  size: 'short' | 'long'
  isAsked: boolean
  /** What is wrong with what was typed; null while nothing is. */
  faultOf(text: string): string | null
  /** Resolves to whether it holds now. */
  onSave(text: string): Promise<boolean>
}

/** One line that is saved on purpose: what was typed stands until it is saved or undone. */
export function LineForm({ id, value, size, isAsked, faultOf, onSave }: LineFormProps) {
  const { t } = useWording()
  const [draft, setDraft] = useState<string | null>(null)
  const fault = draft === null ? null : faultOf(draft)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (draft === null || fault !== null || isAsked) return
    document.getElementById(id)?.focus()
    // What was typed while the answer travelled stays.
    if (await onSave(draft.trim())) setDraft((now) => (now === draft ? null : now))
  }
  const undo = () => {
    document.getElementById(id)?.focus()
    setDraft(null)
  }
  return (
    <form className="line-form" data-size={size} onSubmit={(event) => void submit(event)}>
      <input
        id={id}
        className="field"
        type="text"
        autoComplete="off"
        spellCheck={false}
        maxLength={size === 'short' ? 5 : 4096}
        inputMode={size === 'short' ? 'numeric' : undefined}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? `${id}-hint` : `${id}-fault`}
        value={draft ?? value}
        onChange={({ target }) => setDraft(target.value === value ? null : target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') undo()
        }}
      />
      {draft !== null && (
        <div className="form-acts">
          <SubmitButton busy={isAsked || fault !== null}>{t('backups.schedule.save')}</SubmitButton>
          <Button kind="quiet" onPress={undo}>
            {t('backups.schedule.undo')}
          </Button>
        </div>
      )}
      {fault && (
        <p className="field-wrong" id={`${id}-fault`} role="alert">
          {fault.replaceAll('`', '')}
        </p>
      )}
    </form>
  )
}
