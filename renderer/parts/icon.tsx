const drawings = {
  overview: 'M2.5 8.5h2.7L7 4l2.4 8.5 1.7-4h2.4',
  start: 'M5 3.6v8.8L12.2 8z',
  stop: 'M4.6 4.6h6.8v6.8H4.6z',
  restart: 'M12.6 8a4.6 4.6 0 1 1-1.5-3.4M12.8 2.4v2.9H9.9',
  chevron: 'm6 4.2 3.8 3.8L6 11.8',
  logs: 'M2.5 3.5h2m2.5 0h6.5m-11 3h2M7 6.5h4.5m-9 3h2M7 9.5h6.5m-11 3h2M7 12.5h3.5',
  settings:
    'M2 4.6h6.2m3.6 0H14M8.2 4.6a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 0 0-3.6 0M2 11.4h2.2m3.6 0H14m-9.8 0a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 0 0-3.6 0',
  backups: 'M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.6h3',
  secrets: 'M9.9 10.2a3.6 3.6 0 1 0-3.5-2.7L2.4 11.5v2.1h2.4v-1.6h1.6v-1.6h1.2l.6-.7M10.9 5.1h.01',
  updates: 'M8 2.4v6.4m-2.6-2.6L8 8.8l2.6-2.6M2.6 9.6v3.8h10.8V9.6',
  health: 'M8 13.4 3.3 8.8a3 3 0 0 1 4.2-4.3l.5.5.5-.5a3 3 0 0 1 4.2 4.3z',
  terminal: 'M2 3h12v10H2zM4.4 6l2.2 2-2.2 2m3.8 0h3',
  add: 'M8 3.2v9.6M3.2 8h9.6',
  speak: 'M2.6 6.2v3.6h2.2L8 12.6V3.4L4.8 6.2zm8 .2a2.4 2.4 0 0 1 0 3.2m1.8-5a5 5 0 0 1 0 6.8',
  pause: 'M5.6 3.8v8.4m4.8-8.4v8.4',
  search: 'M7 11.6a4.6 4.6 0 1 0 0-9.2 4.6 4.6 0 0 0 0 9.2m3.4-1.2 3.2 3.2',
  copy: 'M6 5.4h7v8H6zM10 5.4V2.6H3v8h3',
  clear: 'M8 13.6A5.6 5.6 0 1 0 8 2.4a5.6 5.6 0 0 0 0 11.2M4.2 11.8l7.6-7.6',
  close: 'm4.2 4.2 7.6 7.6m0-7.6-7.6 7.6',
  up: 'm4.2 10 3.8-3.8L11.8 10',
  down: 'M4.2 6 8 9.8 11.8 6',
  newest: 'M8 2.6v8.2m-3.4-3.2L8 11l3.4-3.4M3.4 13.6h9.2',
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
