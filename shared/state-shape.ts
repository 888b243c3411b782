import type { StateFace } from './gateway-state.ts'

/** The form that stands for a state, beside its colour: in the page, the tray and its menu alike. */
export type Shape = 'running' | 'starting' | 'attention' | 'stopped' | 'failed'

export const shapeOf: Record<StateFace, Shape> = {
  stopped: 'stopped',
  starting: 'starting',
  running: 'running',
  degraded: 'attention',
  stopping: 'starting',
  backingOff: 'attention',
  failed: 'failed',
  foreign: 'attention',
}

/** The same forms where only characters can be shown. */
export const glyphOf: Record<Shape, string> = {
  running: '●',
  starting: '◐',
  attention: '▲',
  stopped: '■',
  failed: '✕',
}
