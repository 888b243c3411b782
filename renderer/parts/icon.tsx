const drawings = {
  overview: 'M2.5 8.5h2.7L7 4l2.4 8.5 1.7-4h2.4',
  start: 'M5 3.6v8.8L12.2 8z',
  stop: 'M4.6 4.6h6.8v6.8H4.6z',
  restart: 'M12.6 8a4.6 4.6 0 1 1-1.5-3.4M12.8 2.4v2.9H9.9',
  chevron: 'm6 4.2 3.8 3.8L6 11.8',
} as const

/** An outlined square in a button would pass for a checkbox. */
const solid: ReadonlySet<string> = new Set(['start', 'stop'])

/** A line drawing on a 16 px grid in the colour of the text; the label beside it speaks. */
export function Icon({ name, className }: { name: keyof typeof drawings; className?: string }) {
  return (
    <svg className={`icon ${className ?? ''}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={drawings[name]}
        fill={solid.has(name) ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
