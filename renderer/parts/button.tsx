import type { ReactNode } from 'react'
import './button.css'

type ButtonProps = {
  children: ReactNode
  onPress(): void
  kind?: 'plain' | 'primary' | 'icon' | 'quiet'
  /** A request is under way: it stays focusable, but does nothing. */
  busy?: boolean
  /** For a button without words, or whose words can be hidden. */
  label?: string
  /** Says more than the words do, on hover. */
  hint?: string
  /** For a button that stays in or out. */
  pressed?: boolean
}

export function Button({
  children,
  onPress,
  kind = 'plain',
  busy = false,
  label,
  hint,
  pressed,
}: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-disabled={busy}
      aria-label={label}
      aria-pressed={pressed}
      title={hint ?? label}
      onClick={() => {
        if (!busy) onPress()
      }}
    >
      {children}
    </button>
  )
}
