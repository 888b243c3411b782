import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/** As `${NAME}` in `moltbot.json` spells it. */
export const secretNamePattern = /^[A-Z_][A-Z0-9_]{0,63}$/
/** UTF-8 bytes. A shorter value could not be masked without masking ordinary words. */
export const secretMinBytes = 8
export const secretMaxBytes = 16 * 1024

export const gatewayTokenName = 'CLAWDBOT_GATEWAY_TOKEN'
/** Names that Moltbot knows by itself, for who wants to set one; any other name may be used as well. */
export const knownSecretNames = [
  gatewayTokenName,
  'CLAWDBOT_GATEWAY_PASSWORD',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'GEMINI_API_KEY',
  'OPENROUTER_API_KEY',
  'TELEGRAM_BOT_TOKEN',
  'DISCORD_BOT_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
] as const

/** Where new secrets are kept: the owner's choice on a machine without a keychain. */
export const secretStoreKinds = ['keychain', 'sealedFile', 'envFile'] as const
export type SecretStoreKind = (typeof secretStoreKinds)[number]

/**
 * How the store is:
 * `ready`   can be read and written
 * `absent`  this session has no keychain; or the sealed file is not there
 * `locked`  it wants its password, and nobody gave it
 * `denied`  the person, or the system, refused this program
 * `waiting` it has not answered for two seconds: it may be asking for its password on the screen
 * `failed`  anything else, in `problem`
 */
export const secretStoreStates = ['ready', 'absent', 'locked', 'denied', 'waiting', 'failed'] as const
export type SecretStoreState = (typeof secretStoreStates)[number]

export const secretStoreViewSchema = z.object({
  kind: z.enum(secretStoreKinds),
  state: z.enum(secretStoreStates),
  /** Says what to do; null where it is ready. */
  problem: problemSchema.nullable(),
  /** The system's name for it: `Secret Service`, `macOS Keychain`, or the file's path. */
  title: z.string(),
  /** Whether this session has a keychain that could be used, for who keeps secrets elsewhere. */
  keychainThere: z.boolean(),
})

export const secretViewSchema = z.object({
  name: z.string(),
  /**
   * Where the value in force comes from, strongest first: the environment of this host, the store, the
   * `.env` of the state folder, the `env` of the configuration; `nowhere`: something needs it.
   */
  source: z.enum(['environment', 'keychain', 'sealedFile', 'envFile', 'config', 'nowhere']),
  /** It is in the store as well, or only there; so it can be deleted. */
  stored: z.boolean(),
  /** A readable copy lies in `.env` too, or only there; so it can be moved. */
  inEnvFile: z.boolean(),
  /** Wall clock, ms since 1970; null where it was not set from here. */
  changedAt: z.number().nullable(),
  /** Keys of the configuration that refer to it, and `gateway` for the token. */
  usedBy: z.array(z.string()),
})

export const secretsViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  store: secretStoreViewSchema,
  /** By name. No value is in here, nor in any other answer. */
  secrets: z.array(secretViewSchema),
  /** The running gateway was started with other values than there are now: a restart brings them into force. */
  restartNeeded: z.boolean(),
})

/** What reading every secret again has found. */
export const secretFindingSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  source: secretViewSchema.shape.source,
  problem: problemSchema.nullable(),
})
export const secretsCheckSchema = z.object({
  store: secretStoreViewSchema,
  findings: z.array(secretFindingSchema),
})

export type SecretStoreView = z.infer<typeof secretStoreViewSchema>
export type SecretView = z.infer<typeof secretViewSchema>
export type SecretsView = z.infer<typeof secretsViewSchema>
export type SecretFinding = z.infer<typeof secretFindingSchema>
export type SecretsCheck = z.infer<typeof secretsCheckSchema>
