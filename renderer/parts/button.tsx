import type { ReactNode } from 'react'
import './button.css'

type ButtonProps = {
  children: ReactNode
  onPress(): void
  kind?: 'plain' | 'primary' | 'icon' | 'quiet' | 'danger'
  /** A request is under way: it stays focusable, but does nothing. */
  busy?: boolean
  /** For a button without words, or whose words can be hidden. */
  label?: string
  /** Says more than the words do, on hover. */
  hint?: string
  /** For a button that stays in or out. */
  pressed?: boolean
  /** Which of several such buttons it is; heard, not seen. */
  of?: string
  /** For a button that opens something beneath it. */
  expanded?: boolean
  /** To find it again when what it opened is gone. */
  id?: string
}

export function Button({
  children,
  onPress,
  kind = 'plain',
  busy = false,
  label,
  hint,
  pressed,
  expanded,
  id,
  of,
}: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-disabled={busy}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      id={id}
      title={hint ?? label}
      onClick={() => {
        if (!busy) onPress()
      }}
    >
      {children}
      {of && (
        <span className="unseen">
          {' '}
          <code>{of}</code>
        </span>
      )}
    </button>
  )
}
