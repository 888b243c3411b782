import { type RefObject, useEffect, useId, useState } from 'react'
import { secretMaxBytes, secretMinBytes } from '../../../shared/secrets.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import type { valueFault } from './secret-text.ts'
import '../../parts/field.css'

type ValueFieldProps = {
  field: RefObject<HTMLTextAreaElement | null>
  fault: ReturnType<typeof valueFault>
  onInput(): void
  isFocused: boolean
}

/**
 * Where a value is typed or pasted. It stands in the field alone, never in this program's state; the field
 * is emptied when it goes.
 */
export function ValueField({ field, fault, onInput, isFocused }: ValueFieldProps) {
  const { t } = useWording()
  const id = useId()
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const element = field.current
    if (isFocused) element?.focus()
    return () => {
      if (element) element.value = ''
    }
  }, [field, isFocused])
  return (
    <div className="form-field">
      <label htmlFor={id}>{t('secrets.value')}</label>
      <div className="form-line">
        <textarea
          ref={field}
          id={id}
          className="field"
          rows={2}
          data-code="true"
          data-veiled={!isShown}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          data-1p-ignore=""
          data-lpignore="true"
          aria-invalid={fault !== null}
          aria-describedby={`${id}-hint`}
          onInput={onInput}
          onKeyDown={(event) => {
            // A value of one line is the rule; Shift+Enter begins another.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
        <Button kind="quiet" pressed={isShown} onPress={() => setShown(!isShown)}>
          {isShown ? t('secrets.hide') : t('secrets.show')}
        </Button>
      </div>
      <p className={fault ? 'field-wrong' : 'form-hint'} id={`${id}-hint`}>
        {fault
          ? t(`secrets.fault.${fault}`, { least: secretMinBytes, most: formatBytes(secretMaxBytes) })
          : t('secrets.valueHint')}
      </p>
    </div>
  )
}
