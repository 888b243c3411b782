import type { MoltbotConfig } from './config-schema.ts'

export type TokenSource = 'config' | 'environment' | 'envFile'

export interface GatewayToken {
  readonly value: string
  readonly source: TokenSource
}

export interface TokenCandidate {
  readonly source: TokenSource
  /** What to name to the person: a file, or the environment. */
  readonly path: string
  readonly value: string | undefined
}

export type TokenOutcome =
  | { readonly ok: true; readonly token: GatewayToken | null }
  | { readonly ok: false; readonly from: TokenSource; readonly path: string; readonly detail: string }

/** What scripts write when their own value was missing; as a token it would be guessed at once. */
const accidents = new Set(['undefined', 'null'])

/** The configuration's value wins over the candidates, which come in order; server and clients both ask here. */
export function resolveToken(config: MoltbotConfig, candidates: readonly TokenCandidate[]): TokenOutcome {
  const configured = config.gateway?.auth?.token
  if (configured !== undefined) {
    const detail = flaw(configured)
    if (detail) return { ok: false, from: 'config', path: '', detail }
    return { ok: true, token: { value: configured, source: 'config' } }
  }
  for (const { source, path, value } of candidates) {
    if (!value) continue
    const detail = flaw(value)
    if (detail) return { ok: false, from: source, path, detail }
    return { ok: true, token: { value, source } }
  }
  return { ok: true, token: null }
}

function flaw(value: string): string | null {
  if (value.trim() === '') return 'must not be empty'
  if (accidents.has(value.trim())) return 'is the word a script writes when a value is missing, not a token'
  return null
}
