import { changedKeys as changedPaths } from '../../host/config/edit/plain-value.ts'
import type { LoadedConfig } from '../../host/config/load-config.ts'

export type ReloadMode = 'hybrid' | 'hot' | 'restart' | 'off'
export type Settings = Pick<LoadedConfig, 'config' | 'token'>

export interface ReloadPlan {
  /**
   * nothing: no value that anything acts on is another. hot: in force at once. restart: the gateway begins a new
   * life. ignored: the owner asked that nothing changes while it runs.
   */
  readonly kind: 'nothing' | 'hot' | 'restart' | 'ignored'
  /** What decided it, dotted: the keys that come into force. */
  readonly keys: readonly string[]
  /** What has changed and waits for the next start; only in the modes `hot` and `off`. */
  readonly left: readonly string[]
}

type Effect = 'none' | 'hot' | 'restart'

/** The longest one that fits counts; what is not listed needs a restart. */
const effects: Readonly<Record<string, Effect>> = {
  meta: 'none',
  wizard: 'none',
  nodeHost: 'none',
  agents: 'hot',
  approvals: 'hot',
  audio: 'hot',
  auth: 'hot',
  bindings: 'hot',
  broadcast: 'hot',
  browser: 'hot',
  channels: 'hot',
  commands: 'hot',
  cron: 'hot',
  diagnostics: 'hot',
  env: 'hot',
  hooks: 'hot',
  logging: 'hot',
  media: 'hot',
  messages: 'hot',
  models: 'hot',
  session: 'hot',
  skills: 'hot',
  talk: 'hot',
  tools: 'hot',
  ui: 'hot',
  update: 'hot',
  web: 'hot',
  gateway: 'restart',
  // Read by clients, or at the moment of the next change, or by nothing in this gateway.
  'gateway.controlUi': 'none',
  'gateway.http': 'none',
  'gateway.mode': 'none',
  'gateway.nodes': 'none',
  'gateway.reload': 'none',
  'gateway.remote': 'none',
  'gateway.tailscale': 'none',
  'gateway.tls': 'none',
}

/** What a change of the configuration asks for. Pure; `mode` is `gateway.reload.mode` of the new one. */
export function planReload(before: Settings, after: Settings, mode: ReloadMode = 'hybrid'): ReloadPlan {
  const changed = changedKeys(before, after).filter((key) => effectOf(key) !== 'none')
  if (changed.length === 0) return { kind: 'nothing', keys: [], left: [] }
  if (mode === 'off') return { kind: 'ignored', keys: [], left: changed }
  if (mode === 'restart') return { kind: 'restart', keys: changed, left: [] }
  const heavy = changed.filter((key) => effectOf(key) === 'restart')
  if (heavy.length === 0) return { kind: 'hot', keys: changed, left: [] }
  if (mode === 'hybrid') return { kind: 'restart', keys: heavy, left: [] }
  const light = changed.filter((key) => effectOf(key) === 'hot')
  return { kind: light.length > 0 ? 'hot' : 'ignored', keys: light, left: heavy }
}

/** The keys, dotted, whose values differ; an object is entered, a list is compared as one. Sorted. */
export function changedKeys(before: Settings, after: Settings): readonly string[] {
  const keys = new Set(changedPaths(before.config, after.config).map((path) => path.join('.')))
  // It may come from the environment's file, which the configuration only refers to, or not even that.
  if (before.token?.value !== after.token?.value) keys.add('gateway.auth.token')
  return [...keys].sort()
}

function effectOf(key: string): Effect {
  const parts = key.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const effect = Object.hasOwn(effects, parts.slice(0, length).join('.'))
      ? effects[parts.slice(0, length).join('.')]
      : undefined
    if (effect) return effect
  }
  return 'restart'
}
