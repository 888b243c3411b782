import type { AppUpdate, UpdatesView } from '../../shared/updates.ts'

/** A version of the application that its owner should know of. */
export interface UpdateNotice {
  readonly kind: 'updateOffered' | 'updateReady'
  readonly version: string
}

/** What has been told already, or was known when the application opened. */
export interface UpdateMemory {
  readonly offered: string | null
  readonly ready: string | null
}

export interface UpdateStep {
  readonly memory: UpdateMemory
  readonly notice: UpdateNotice | null
}

/**
 * Each version is told of once when it was found, and once when it is ready. `memory` null: the first look,
 * which tells nothing; what was found by an earlier run was told by that, and the tray shows it.
 */
export function onUpdates(memory: UpdateMemory | null, { app }: Pick<UpdatesView, 'app'>): UpdateStep {
  const version = app.offer?.version ?? null
  const now: UpdateMemory = {
    offered: version ?? memory?.offered ?? null,
    ready: app.state === 'ready' ? version : (memory?.ready ?? null),
  }
  const kind = memory && version !== null ? newsOf(app, memory, version) : null
  return { memory: now, notice: kind && version !== null ? { kind, version } : null }
}

function newsOf(app: AppUpdate, memory: UpdateMemory, version: string): UpdateNotice['kind'] | null {
  if (app.state === 'ready' && memory.ready !== version) return 'updateReady'
  return app.state === 'offered' && memory.offered !== version ? 'updateOffered' : null
}

/** The version that tray and menu name, or null. */
export function updateVersionOf({ app }: Pick<UpdatesView, 'app'>): string | null {
  const isOffered = app.state === 'offered' || app.state === 'downloading' || app.state === 'ready'
  return isOffered ? (app.offer?.version ?? null) : null
}
