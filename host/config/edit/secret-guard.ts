import { type Problem, problem } from '../../../shared/problem.ts'
import type { KeyPath } from '../config-tree.ts'
import { isSensitiveKey } from '../schema/sensitive-keys.ts'
import { referencesIn } from '../substitute.ts'
import { writeKey } from './key-path.ts'
import { leavesOf } from './plain-value.ts'
import { valueAt } from './value-at.ts'

/**
 * Why a change of the plain values `before` to `after` would put a secret into the file, or a value in the
 * place of a `${NAME}`; null where it does neither. What was there before, is not judged.
 */
export function guardSecrets(before: unknown, after: unknown): Problem | null {
  const known = new Set([...leavesOf(before)].map(([, value]) => value))
  for (const [path, value] of leavesOf(after)) {
    const former = valueAt(before, path)
    if (value === former || typeof value === 'object') continue
    // An item of a list that has moved up brings nothing new.
    if (known.has(value) && path.some((step) => typeof step === 'number')) continue
    const key = writeKey(path)
    if (typeof former === 'string') {
      const [name] = referencesIn(former)
      const isReferring = typeof value === 'string' && referencesIn(value).length > 0
      if (name !== undefined && !isReferring) return problem('CONFIG_REFERENCE_REPLACED', { key, name })
    }
    if (holdsSecret(path, value)) {
      const name = secretNameFor(path)
      return problem('CONFIG_SECRET_LITERAL', { key, name, reference: `$\{${name}}` })
    }
  }
  return null
}

/** Whether the value itself may be a secret: its key is one's, and it is more than references. */
export function holdsSecret(path: KeyPath, value: unknown): boolean {
  if (!isSensitiveKey(path)) return false
  if (typeof value === 'number') return true
  return typeof value === 'string' && value !== '' && !isReferenceOnly(value)
}

/** `${NAME}`, also behind a word as in `Bearer ${NAME}`. */
function isReferenceOnly(text: string): boolean {
  return referencesIn(text).length > 0 && /^(?:[A-Za-z]{1,12} )?(?:\$\{[A-Z_][A-Z0-9_]*\})+$/.test(text)
}

const usualNames: Readonly<Record<string, string>> = {
  'gateway.auth.token': 'CLAWDBOT_GATEWAY_TOKEN',
  'gateway.auth.password': 'CLAWDBOT_GATEWAY_PASSWORD',
}

/** `channels.telegram.botToken` → `TELEGRAM_BOT_TOKEN`. */
export function secretNameFor(path: KeyPath): string {
  const usual = usualNames[writeKey(path)]
  if (usual) return usual
  const words = path
    .filter((step) => typeof step === 'string' && !general.has(step))
    .map((step) => String(step).replace(/([a-z0-9])([A-Z])/g, '$1_$2'))
  const name = words
    .slice(-2)
    .join('_')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
  return /^[A-Z]/.test(name) ? name : `MOLTBOT_${name}`
}

const general = new Set(['channels', 'models', 'providers', 'accounts', 'entries', 'env', 'vars'])
