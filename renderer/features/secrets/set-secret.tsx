import { useRef, useState } from 'react'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { SubmitButton } from '../../parts/submit-button.tsx'
import { useWording } from '../../wording.ts'
import { asValue, valueFault } from './secret-text.ts'
import { useSecrets } from './secrets-store.ts'
import { ValueField } from './value-field.tsx'
import '../../parts/form.css'

type SetSecretProps = {
  name: string
  /** The id of the button that opened it. */
  labelledBy: string
  onClose(): void
}

/** A new value for a secret whose name is known. */
export function SetSecret({ name, labelledBy, onClose }: SetSecretProps) {
  const { t } = useWording()
  const { secrets } = useCommands()
  const field = useRef<HTMLTextAreaElement>(null)
  const [fault, setFault] = useState<ReturnType<typeof valueFault>>(null)
  const isAsked = useSecrets((store) => store.asked.has(name))
  const refusal = useSecrets((store) => store.refusals[name])
  const submit = async () => {
    const value = asValue(field.current?.value ?? '')
    const found = valueFault(value)
    setFault(found)
    if (found || isAsked) return
    if (await secrets.set(name, name, value)) onClose()
  }
  return (
    <form
      className="form"
      aria-labelledby={labelledBy}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      <ValueField field={field} fault={fault} onInput={() => setFault(null)} isFocused />
      {refusal && <InlineProblem problem={refusal} />}
      <div className="form-acts">
        <SubmitButton busy={isAsked}>{t('secrets.act.setIt')}</SubmitButton>
        <Button onPress={onClose}>{t('secrets.act.cancel')}</Button>
      </div>
    </form>
  )
}
