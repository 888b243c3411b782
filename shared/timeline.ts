import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/** What can happen to a gateway or its host, each with the evidence that shows it. */
export const timelineKinds = [
  'hostStarted',
  'hostStopped',
  'previousHostDied',
  'startRequested',
  'stopRequested',
  'restartRequested',
  'gatewayLaunched',
  'gatewayReady',
  'gatewayDegraded',
  'gatewayRecovered',
  'gatewayHung',
  'gatewayKilled',
  'gatewayExited',
  'gatewayStopped',
  'restartScheduled',
  'gatewayFailed',
  'obstacleGone',
  'orphanEnded',
  'recordIgnored',
  'wokeUp',
  'gatewayHeld',
  'secretSet',
  'secretDeleted',
  'secretMoved',
  'tokenRotated',
  'secretStoreChanged',
  'backupMade',
  'backupFailed',
  'backupOverdue',
  'backupDeleted',
  'stateRestored',
  'restoreUndone',
  'restoreFailed',
  'gatewayAdopted',
  'gatewayReleased',
  'serviceInstalled',
  'serviceRemoved',
  'loginItemChanged',
  'appUpdateReady',
  'appUpdateFailed',
  'gatewayInstalled',
  'gatewaySwitched',
  'gatewayUpdateUndone',
  'gatewayUpdateFailed',
  'troubleMended',
  'terminalAllowed',
  'terminalForbidden',
] as const

export const timelineEntrySchema = z.object({
  /** Rises by one with each entry, across restarts of the host. */
  seq: z.number().int(),
  /** Wall clock, ms since 1970. */
  at: z.number(),
  kind: z.enum(timelineKinds),
  problem: problemSchema.nullable(),
  /** Facts that prove the entry: pid, exit code, signal, milliseconds, last lines. */
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
})

export type TimelineKind = (typeof timelineKinds)[number]
export type TimelineEntry = z.infer<typeof timelineEntrySchema>
