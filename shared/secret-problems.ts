/** Codes about secrets and where they are kept. None has a value in it, nor what may be one by mistake. */
export type SecretProblemParams = {
  /** No keychain in this session: no session bus, or nothing on it that keeps secrets. */
  KEYCHAIN_ABSENT: { detail: string }
  KEYCHAIN_LOCKED: Record<never, never>
  KEYCHAIN_DENIED: { detail: string }
  /** It has not answered, but may yet: it may be asking for its password on the screen. */
  KEYCHAIN_WAITING: { seconds: number }
  KEYCHAIN_FAILED: { detail: string }
  SEALED_FILE_LOCKED: { path: string }
  SEALED_FILE_WRONG_PASSPHRASE: { path: string }
  SEALED_FILE_UNREADABLE: { path: string; detail: string }
  /** Without the name: whoever confuses the two fields has typed the value into it. */
  SECRET_NAME_INVALID: Record<never, never>
  SECRET_TOO_SHORT: { name: string; least: number }
  SECRET_TOO_LONG: { name: string; bytes: number; limitBytes: number }
  /** `detail` is the character that it may not have: `U+0000`. */
  SECRET_VALUE_INVALID: { name: string; detail: string }
  SECRET_UNKNOWN: { name: string }
  /** The environment of this host gives it, which is stronger than any store. */
  SECRET_FROM_ENVIRONMENT: { name: string }
  /** The configuration has the value itself and not `${NAME}`. */
  SECRET_FROM_CONFIG: { name: string; path: string }
  SECRET_MISSING: { name: string; usedBy: string }
  /** The store took it and gave something else back, or nothing. */
  SECRET_NOT_WRITTEN: { name: string; detail: string }
  ENV_FILE_NOT_WRITTEN: { path: string; detail: string }
  /** No way of quoting it there reads back as the same text. */
  ENV_FILE_CANNOT_HOLD: { name: string; path: string }
  /** It lies in a readable file already, and that is where this owner keeps secrets. */
  SECRET_STAYS_IN_ENV_FILE: { name: string; path: string }
  PASSPHRASE_NEEDED: Record<never, never>
}
