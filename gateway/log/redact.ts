import { spellings } from '../../host/masking/spellings.ts'
import { compileOwnPatterns } from './own-patterns.ts'

export interface Redaction {
  /** Values that must never appear, whatever surrounds them. */
  readonly secrets: readonly string[]
  /** The owner's patterns, added to the built-in ones; `/text/flags` or the bare text of one. */
  readonly patterns: readonly string[]
  /** False leaves only the known secrets masked. */
  readonly usesPatterns: boolean
  /** Told when one of `patterns` takes too long and is given up: its place, from 0. */
  readonly onSlow?: (place: number) => void
}

export interface Redactor {
  text(text: string): string
  /** The same members with every text in them redacted, and whole where the name is a secret's. */
  members(members: Readonly<Record<string, unknown>>): Record<string, unknown>
  /** `change` of each, which redacts much, under one limit of time for the owner's patterns: cheaper than one for each text. */
  map<From, To>(items: readonly From[], change: (item: From) => To): To[]
  /** The places of `patterns` that took too long and are not used any more. */
  slow(): readonly number[]
}

const names = 'api[-_]?key|token|secret|password|passwd|access[-_]?token|refresh[-_]?token'

/** Each masks its last group, or the whole match where there is none. */
const builtIn: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b[A-Z0-9_]*(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)\b\s*[=:]\s*["']?([^\s"'\\]+)/g,
  new RegExp(`\\\\?["'](?:${names})\\\\?["']\\s*:\\s*\\\\?["']([^"'\\\\]+)`, 'gi'),
  new RegExp(`--(?:${names})(?:\\s+|=)["']?([^\\s"']+)`, 'gi'),
  /\bAuthorization\s*[:=]\s*(?:Bearer\s+)?([A-Za-z0-9._~+/=-]+)/gi,
  /\bBearer\s+([A-Za-z0-9._~+/=-]{18,})/gi,
  /\b(sk-[\w-]{8,}|ghp_\w{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|xapp-[\w-]{10,})/g,
  /\b(gsk_[\w-]{10,}|AIza[\w-]{20,}|pplx-[\w-]{10,}|npm_\w{10,}|\d{6,}:[\w-]{20,})/g,
]

const secretName = new RegExp(`^(?:${names})$`, 'i')
/** Bounds the time a pattern may take, and no message for a log is longer. */
const maxLength = 16 * 1024
/** Of those that have no name before them. */
const longestKey = 256

export function createRedactor({ secrets, patterns, usesPatterns, onSlow }: Redaction): Redactor {
  const known = secrets.filter((secret) => secret.length >= 4).flatMap(spellings)
  const expressions = usesPatterns ? builtIn : []
  const own = usesPatterns && patterns.length > 0 ? compileOwnPatterns(patterns, onSlow) : null

  function text(original: string): string {
    let result = original.length > maxLength ? cut(original, known) : original
    for (const secret of known) result = result.replaceAll(secret, '***')
    for (const expression of expressions) result = maskIn(expression, result)
    return own ? own.apply(result, maskIn) : result
  }

  function value(original: unknown, name = ''): unknown {
    const isSecret = usesPatterns && secretName.test(name)
    if (typeof original === 'string') return isSecret ? mask(original) : text(original)
    if (typeof original === 'number' && isSecret) return '***'
    if (Array.isArray(original)) return original.map((item) => value(item, name))
    if (typeof original !== 'object' || original === null) return original
    return members({ ...original })
  }

  function members(original: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(original).map(([key, item]) => [text(key), value(item, key)]))
  }

  return {
    text,
    members,
    map: (items, change) => (own ? own.map(items, change) : items.map(change)),
    slow: () => own?.slow() ?? [],
  }
}

/** Cuts before masking would, so a secret across the cut is masked first, and the rest of one at the end is dropped. */
function cut(original: string, known: readonly string[]): string {
  const looked = maxLength * 2
  let result = original.slice(0, looked)
  for (const secret of known) result = result.replaceAll(secret, '***')
  const halfOne = original.length > looked ? Math.max(0, ...known.map(({ length }) => length)) : 0
  const end = Math.min(maxLength, Math.max(0, result.length - halfOne))
  return `${result.slice(0, beforeHalfWord(result, end))}… (${original.length} characters)`
}

/** Half a key is none that a pattern knows. */
function beforeHalfWord(text: string, end: number): number {
  const from = Math.max(0, end - longestKey)
  return from + text.slice(from, end).search(/\S*$/)
}

function maskIn(expression: RegExp, text: string): string {
  return text.replace(expression, maskMatch)
}

function maskMatch(match: string, ...rest: unknown[]): string {
  // replace() passes the groups, then the position, the text and perhaps the named groups
  const groups = rest.slice(
    0,
    rest.findIndex((item) => typeof item === 'number'),
  )
  const secret = groups.findLast((group) => typeof group === 'string' && group !== '')
  if (typeof secret !== 'string') return mask(match)
  const from = match.lastIndexOf(secret)
  return match.slice(0, from) + mask(secret) + match.slice(from + secret.length)
}

/** Enough to recognise one's own key by, and no more. */
function mask(secret: string): string {
  const isLong = secret.length >= 18 && !secret.includes('PRIVATE KEY')
  return isLong ? `${secret.slice(0, 6)}…${secret.slice(-4)}` : '***'
}
