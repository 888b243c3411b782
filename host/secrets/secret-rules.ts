import { type Problem, problem } from '../../shared/problem.ts'
import {
  gatewayTokenName,
  knownSecretNames,
  secretMaxBytes,
  secretMinBytes,
  secretNamePattern,
} from '../../shared/secrets.ts'

/** Shorter ones are guessed, or are a word such as `undefined` that a script wrote by accident. */
const tokenMinCharacters = 24
const controls = /(?![\n\t])\p{Cc}|\p{Cs}/u
const tokenControls = /\s|\p{Cc}|\p{Cs}/u
const secretName = /KEY|TOKEN|SECRET|PASS|CREDENTIAL|_PAT$/

export function nameFlaw(name: string): Problem | null {
  return secretNamePattern.test(name) ? null : problem('SECRET_NAME_INVALID', {})
}

/** What keeps the value from being kept under this name. Nothing of the value is in the answer. */
export function valueFlaw(name: string, value: string): Problem | null {
  const bytes = Buffer.byteLength(value)
  if (bytes < secretMinBytes) return problem('SECRET_TOO_SHORT', { name, least: secretMinBytes })
  if (bytes > secretMaxBytes) return problem('SECRET_TOO_LONG', { name, bytes, limitBytes: secretMaxBytes })
  return characterFlaw(name, value, controls)
}

/** What a fresh gateway token must fulfil besides. */
export function tokenFlaw(name: string, value: string): Problem | null {
  if (name !== gatewayTokenName) return null
  if (value.length < tokenMinCharacters)
    return problem('SECRET_TOO_SHORT', { name, least: tokenMinCharacters })
  return characterFlaw(name, value, tokenControls)
}

/** Whether what goes by this name is likely a secret, wherever it stands. */
export function isSecretName(name: string): boolean {
  return knownSecretNames.some((known) => known === name) || secretName.test(name)
}

/**
 * Whether the value can be masked wherever it turns up. A short word could not without masking the same word
 * in every sentence.
 */
export function isMaskable(value: string): boolean {
  return Buffer.byteLength(value) >= secretMinBytes && !/^[a-z]{1,11}$/i.test(value)
}

function characterFlaw(name: string, value: string, forbidden: RegExp): Problem | null {
  const found = forbidden.exec(value)?.[0].codePointAt(0)
  if (found === undefined) return null
  const detail = `U+${found.toString(16).toUpperCase().padStart(4, '0')}`
  return problem('SECRET_VALUE_INVALID', { name, detail })
}
