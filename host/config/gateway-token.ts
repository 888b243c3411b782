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
  return resolve(config.gateway?.auth?.token, candidates)
}

type SecretKey = 'token' | 'password'

export type SecretsOutcome =
  | { readonly ok: true; readonly token: GatewayToken | null; readonly password: GatewayToken | null }
  | (Extract<TokenOutcome, { ok: false }> & { readonly key: SecretKey })

/**
 * `token` is what a client has to show: the password where `gateway.auth.mode` asks for it, or where it says nothing
 * and there is no token. A flaw of one that nobody has to show is none.
 */
export function resolveSecrets(
  config: MoltbotConfig,
  candidatesFor: (key: SecretKey) => readonly TokenCandidate[],
): SecretsOutcome {
  const { mode, password: configured } = config.gateway?.auth ?? {}
  const token = resolveToken(config, candidatesFor('token'))
  const password = resolve(configured, candidatesFor('password'))
  const isPassword = mode === 'password' || (mode === undefined && token.ok && token.token === null)
  const shown = isPassword ? password : token
  if (!shown.ok) return { ...shown, key: isPassword ? 'password' : 'token' }
  return { ok: true, token: shown.token, password: password.ok ? password.token : null }
}

function resolve(configured: string | undefined, candidates: readonly TokenCandidate[]): TokenOutcome {
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
  if (accidents.has(value.trim())) return 'is the word a script writes when a value is missing, not a secret'
  return null
}
