import type { Shape } from '../../shared/state-shape.ts'
import './state-shape.css'

const drawings = {
  running: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  starting: (
    <>
      <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 2.8a5.2 5.2 0 0 0 0 10.4z" fill="currentColor" />
    </>
  ),
  attention: (
    <path
      d="M8 2.6 14.2 13.4H1.8z"
      fill="currentColor"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
    />
  ),
  stopped: <rect x="2.8" y="2.8" width="10.4" height="10.4" rx="1.6" fill="currentColor" />,
  failed: (
    <path d="m3.4 3.4 9.2 9.2m0-9.2-9.2 9.2" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
  ),
} as const satisfies Record<Shape, unknown>

/** The state as a form as well as a colour. Words always stand beside it, so it is silent itself. */
export function StateShape({ shape, size = 12 }: { shape: Shape; size?: number }) {
  return (
    <svg
      className="state-shape"
      data-shape={shape}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {drawings[shape]}
    </svg>
  )
}
