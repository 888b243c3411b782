import type { ReactNode } from 'react'
import './button.css'

type SubmitButtonProps = { busy: boolean; kind?: 'primary' | 'plain'; children: ReactNode }

/** Sends the form around it, as Enter in one of its fields does. */
export function SubmitButton({ busy, kind = 'primary', children }: SubmitButtonProps) {
  return (
    <button type="submit" className="button" data-kind={kind} aria-disabled={busy}>
      {children}
    </button>
  )
}
