import type { ReactNode } from 'react'
import './button.css'

type ButtonProps = {
  children: ReactNode
  onPress(): void
  kind?: 'plain' | 'primary' | 'icon' | 'quiet'
  /** A request is under way: it stays focusable, but does nothing. */
  busy?: boolean
  /** For a button without words. */
  label?: string
}

export function Button({ children, onPress, kind = 'plain', busy = false, label }: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-disabled={busy}
      aria-label={label}
      title={label}
      onClick={() => {
        if (!busy) onPress()
      }}
    >
      {children}
    </button>
  )
}
