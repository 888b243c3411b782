import type { ReactNode } from 'react'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { Row } from '../../parts/row.tsx'
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

/** A row with what became of the last change of its setting. */
export function SettingRow({ name, children, ...row }: SettingRowProps) {
  const isAsked = useSettings((store) => name in store.asked)
  const refusal = useSettings((store) => store.refusals[name])
  return (
    <Row {...row} isSaving={isAsked}>
      {(children || refusal) && (
        <>
          {children}
          {refusal && <InlineProblem problem={refusal} />}
        </>
      )}
    </Row>
  )
}
