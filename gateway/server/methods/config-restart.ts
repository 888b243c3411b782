import * as z from 'zod/mini'
import type { LoadedConfig } from '../../../host/config/load-config.ts'
import { writeFileAtomically } from '../../../host/files/atomic-write.ts'
import { planReload } from '../../reload/plan-reload.ts'
import type { MethodServices } from '../method-services.ts'
import { restartNotePath } from '../restart-note.ts'

/** What a client may say of the restart that its change brings. */
export const restartShape = {
  sessionKey: z.optional(z.string().check(z.maxLength(512))),
  note: z.optional(z.string().check(z.maxLength(8_192))),
  restartDelayMs: z.optional(z.int().check(z.minimum(0))),
}
export interface RestartWishes {
  readonly sessionKey?: string | undefined
  readonly note?: string | undefined
  readonly restartDelayMs?: number | undefined
}

const usualDelayMs = 2_000
const longestDelayMs = 60_000

type Services = Pick<MethodServices, 'config' | 'configPath' | 'stateDir' | 'restart'>

/**
 * Begins the new life of the server that a written change needs, and leaves for it who asked and why, in the
 * file and form that Moltbot uses. `restart` and the file's path are null where the change needs none, or the owner
 * has said that none happens by itself; `left` are the keys that then wait for one.
 */
export async function restartFor(
  services: Services,
  mode: 'config.patch' | 'config.apply',
  now: LoadedConfig,
  wishes: RestartWishes,
): Promise<{ readonly restart: object | null; readonly sentinel: object; readonly left: readonly string[] }> {
  const payload = {
    kind: 'config-apply',
    status: 'ok',
    ts: Date.now(),
    sessionKey: wishes.sessionKey?.trim() || undefined,
    message: wishes.note?.trim() || null,
    doctorHint: 'Run: moltbot doctor --non-interactive',
    stats: { mode, root: services.configPath },
  }
  const { kind, left } = planReload(services.config.current(), now, now.config.gateway?.reload?.mode)
  if (kind !== 'restart') return { restart: null, sentinel: { path: null, payload }, left }
  const path = restartNotePath(services.stateDir)
  const written = await writeFileAtomically(
    path,
    `${JSON.stringify({ version: 1, payload }, null, 2)}\n`,
  ).then(
    () => path,
    () => null, // the change is made; that nobody is told of it after the restart does not undo it
  )
  const delayMs = Math.min(wishes.restartDelayMs ?? usualDelayMs, longestDelayMs)
  services.restart(mode, delayMs)
  const restart = { ok: true, pid: process.pid, signal: 'SIGUSR1', delayMs, reason: mode, mode: 'emit' }
  return { restart, sentinel: { path: written, payload }, left }
}
