import type { ReactNode } from 'react'
import { CodedText } from '../../parts/coded-text.tsx'
import { useWording } from '../../wording.ts'
import { SettingProblem } from './setting-problem.tsx'
import { type SettingName, useSettings } from './settings-store.ts'

type SettingRowProps = {
  name: SettingName
  /** Of the control's label and hint: `${id}-label`, `${id}-hint`. */
  id: string
  label: ReactNode
  hint: string
  control: ReactNode
  /** Stays beside the words on a narrow page too. */
  isSmall?: boolean
  children?: ReactNode
}

/** Words at the left, the control at the right, and under both what became of the last change. */
export function SettingRow({ name, id, label, hint, control, isSmall = false, children }: SettingRowProps) {
  const { t } = useWording()
  const isAsked = useSettings((store) => name in store.asked)
  const refusal = useSettings((store) => store.refusals[name])
  return (
    <div className="setting" data-small={isSmall}>
      <div className="setting-words">
        <p className="setting-label" id={`${id}-label`}>
          {label}
          {isAsked && <span className="setting-saving">{t('settings.saving')}</span>}
        </p>
        <p className="setting-hint" id={`${id}-hint`}>
          <CodedText>{hint}</CodedText>
        </p>
      </div>
      <div className="setting-control">{control}</div>
      {(children || refusal) && (
        <div className="setting-more">
          {children}
          {refusal && <SettingProblem problem={refusal} />}
        </div>
      )}
    </div>
  )
}
