import * as z from 'zod/mini'

/** Clients from before the renaming call themselves `clawdbot-…`. */
export const clientIds = [
  'webchat-ui',
  'moltbot-control-ui',
  'clawdbot-control-ui',
  'webchat',
  'cli',
  'gateway-client',
  'moltbot-macos',
  'clawdbot-macos',
  'moltbot-ios',
  'clawdbot-ios',
  'moltbot-android',
  'clawdbot-android',
  'node-host',
  'test',
  'fingerprint',
  'moltbot-probe',
  'clawdbot-probe',
] as const

export const clientModes = ['webchat', 'cli', 'ui', 'backend', 'node', 'probe', 'test'] as const

const word = z.string().check(z.minLength(1), z.maxLength(256))
const words = z.array(word).check(z.maxLength(256))
/** May be empty. */
const note = z.string().check(z.maxLength(1024))

/** A key the client holds: `id` is the SHA-256 of the raw Ed25519 public key, in hex. */
export const deviceSchema = z.strictObject({
  id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The 32 raw bytes, base64url. */
  publicKey: z.string().check(z.maxLength(64)),
  /** Over {@link deviceText}, base64url. */
  signature: z.string().check(z.maxLength(128)),
  /** ms since 1970. */
  signedAt: z.int(),
  nonce: z.optional(word),
})

export const connectParamsSchema = z.strictObject({
  minProtocol: z.int().check(z.minimum(1)),
  maxProtocol: z.int().check(z.minimum(1)),
  client: z.strictObject({
    id: z.enum(clientIds),
    version: word,
    platform: word,
    mode: z.enum(clientModes),
    displayName: z.optional(word),
    deviceFamily: z.optional(word),
    modelIdentifier: z.optional(word),
    instanceId: z.optional(word),
  }),
  role: z.optional(word),
  scopes: z.optional(words),
  device: z.optional(deviceSchema),
  auth: z.optional(
    z.strictObject({
      token: z.optional(z.string().check(z.maxLength(1024))),
      password: z.optional(z.string().check(z.maxLength(1024))),
    }),
  ),
  caps: z.optional(words),
  commands: z.optional(words),
  permissions: z.optional(z.record(z.string(), z.boolean())),
  /** The search path of a node's commands. */
  pathEnv: z.optional(z.string().check(z.maxLength(32_768))),
  locale: z.optional(note),
  userAgent: z.optional(note),
})

export type ConnectParams = z.infer<typeof connectParamsSchema>
export type DevicePresented = z.infer<typeof deviceSchema>

/** What a device signs: it binds the key to this connection, this client and this token. */
export function deviceText(params: ConnectParams, device: DevicePresented): string {
  return [
    'v2',
    device.id,
    params.client.id,
    params.client.mode,
    params.role ?? 'operator',
    (params.scopes ?? []).join(','),
    String(device.signedAt),
    params.auth?.token ?? '',
    device.nonce ?? '',
  ].join('|')
}
