import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const minuteMs = 60_000

/** Writes sessions as a gateway keeps them, with the age of each in minutes. */
export function seedSessions(
  stateDir: string,
  agentId: string,
  sessions: Readonly<Record<string, { readonly ageMinutes: number; readonly [fact: string]: unknown }>>,
): void {
  const folder = join(stateDir, 'agents', agentId, 'sessions')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const now = Date.now()
  const entries = Object.entries(sessions).map(([key, { ageMinutes, ...facts }], at) => [
    key,
    { sessionId: `${agentId}-${at}`, updatedAt: now - ageMinutes * minuteMs, ...facts },
  ])
  writeFileSync(join(folder, 'sessions.json'), JSON.stringify(Object.fromEntries(entries)), { mode: 0o600 })
}
