import type { ReactNode } from 'react'
import { useWording } from '../wording.ts'
import { CodedText } from './coded-text.tsx'
import './rows.css'

type RowProps = {
  /** Of the control's label and hint: `${id}-label`, `${id}-hint`. */
  id: string
  label: ReactNode
  hint: string
  control: ReactNode
  /** Stays beside the words on a narrow page too. */
  isSmall?: boolean
  /** The host has not answered the last change yet. */
  isSaving?: boolean
  children?: ReactNode
}

/** Words at the left, the control at the right, and under both what there is to say of it. */
export function Row({ id, label, hint, control, isSmall = false, isSaving = false, children }: RowProps) {
  const { t } = useWording()
  return (
    <div className="row" data-small={isSmall}>
      <div className="row-words">
        <p className="row-label" id={`${id}-label`}>
          {label}
          {isSaving && <span className="row-saving">{t('settings.saving')}</span>}
        </p>
        <p className="row-hint" id={`${id}-hint`}>
          <CodedText>{hint}</CodedText>
        </p>
      </div>
      <div className="row-control">{control}</div>
      {children && <div className="row-more">{children}</div>}
    </div>
  )
}
