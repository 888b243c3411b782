import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'
import './form.css'

type ConfirmProps = {
  /** What will happen. */
  children: ReactNode
  act: string
  cancel: string
  /** `primary` where nothing is lost by it. */
  kind?: 'danger' | 'primary'
  busy: boolean
  onAct(): void
  onClose(): void
}

/** Asks once more, in the place of what it is about. Cancel has the focus: Enter alone does no harm. */
export function Confirm({ children, act, cancel, kind = 'danger', busy, onAct, onClose }: ConfirmProps) {
  const id = useId()
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>('.form-acts button:last-child')?.focus(), [])
  return (
    <fieldset
      className="form confirm"
      ref={box}
      aria-labelledby={id}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      <div id={id}>{children}</div>
      <div className="form-acts">
        <Button kind={kind} busy={busy} onPress={onAct}>
          {act}
        </Button>
        <Button onPress={onClose}>{cancel}</Button>
      </div>
    </fieldset>
  )
}
