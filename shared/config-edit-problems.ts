/** Codes about changes of the configuration that were refused. None has a value in it. */
export type ConfigEditProblemParams = {
  /** A key that cannot be read: `detail` says what is wrong with how it is written. */
  CONFIG_KEY_INVALID: { detail: string }
  CONFIG_KEY_NOT_SET: { key: string }
  /** The same, where a key that exists was probably meant. */
  CONFIG_KEY_MISSPELLED: { key: string; suggestion: string }
  /** With the change, the gateway would not start with these files. `more`: further problems of that kind. */
  CONFIG_CHANGE_INVALID: {
    path: string
    key: string
    line: number
    column: number
    detail: string
    more: number
  }
  /** Of `before` keys only `after` would be left, which is more often a mistake than a wish. */
  CONFIG_SHRINKS: { path: string; before: number; after: number }
  /** `name`: what the secret may be called where secrets are kept; `reference`: how the file then names it. */
  CONFIG_SECRET_LITERAL: { key: string; name: string; reference: string }
  CONFIG_REFERENCE_REPLACED: { key: string; name: string }
  /** Only who is at the machine changes it. */
  CONFIG_KEY_LOCAL: { key: string }
  /** The same, because of the variable `name` that the key would show. */
  CONFIG_REFERENCE_LOCAL: { key: string; name: string }
  /** The sign for a hidden secret stands where there is none that it could mean. */
  CONFIG_SIGN_STRAY: { key: string }
}
