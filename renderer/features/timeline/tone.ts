import type { Shape } from '../../../shared/state-shape.ts'
import type { TimelineKind } from '../../../shared/timeline.ts'

/** The shape beside an entry; null for what merely happened. */
export const toneOf: Record<TimelineKind, Shape | null> = {
  hostStarted: null,
  hostStopped: null,
  previousHostDied: 'attention',
  startRequested: null,
  stopRequested: null,
  restartRequested: null,
  gatewayLaunched: 'starting',
  gatewayReady: 'running',
  gatewayDegraded: 'attention',
  gatewayRecovered: 'running',
  gatewayHung: 'failed',
  gatewayKilled: 'attention',
  gatewayExited: 'failed',
  gatewayStopped: 'stopped',
  restartScheduled: null,
  gatewayFailed: 'failed',
  obstacleGone: 'running',
  orphanEnded: 'attention',
  recordIgnored: null,
  wokeUp: null,
}
