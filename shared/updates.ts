import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

export const appChannels = ['stable', 'beta'] as const

/** A version that could be taken instead of the present one. */
export const offerSchema = z.object({
  version: z.string(),
  /** Wall clock, ms since 1970; null where the feed or registry does not say. */
  publishedAt: z.number().nullable(),
  /** What would be downloaded; null where it is not declared. */
  bytes: z.number().nullable(),
  /** Plain text, shown as it is; `''` where there are none. */
  notes: z.string(),
  /** An `https:` address with more, or null. */
  notesUrl: z.string().nullable(),
})

/**
 * The application's own update.
 *
 *  unavailable            this copy cannot update itself, and `problem` says why
 *  idle ──check──► idle   nothing newer, or not asked yet (`checkedAt` null)
 *    └──────────► offered ──download──► downloading ──verified──► ready {installOnQuit}
 *                   ▲ └ skip: idle          │ failed, cancelled     └ install now: the app leaves
 *                   └───────────────────────┘
 */
export const appUpdateSchema = z.object({
  state: z.enum(['unavailable', 'idle', 'offered', 'downloading', 'ready', 'installing']),
  current: z.string(),
  offer: offerSchema.nullable(),
  /** A version the owner does not want to be told about again. */
  skipped: z.string().nullable(),
  /** The downloaded version is installed when the app is next left. */
  installOnQuit: z.boolean(),
  checkedAt: z.number().nullable(),
  /** Why it is unavailable, or what became of the last check, download or installation. */
  problem: problemSchema.nullable(),
})

/** A gateway that can be run: the one that came with this program, or one installed from an npm package. */
export const gatewayProgramSchema = z.object({
  /** `built-in`, or `<package>@<version>`. */
  id: z.string(),
  kind: z.enum(['builtIn', 'package']),
  /** The npm package's name; null for the built-in one. */
  package: z.string().nullable(),
  version: z.string(),
  /** Null for the built-in one. */
  installedAt: z.number().nullable(),
  bytes: z.number().nullable(),
})

export const gatewayUpdateSchema = z.object({
  /** The one that the next start takes. */
  active: gatewayProgramSchema,
  /** All that can be switched to, the built-in one first, then newest first. */
  installed: z.array(gatewayProgramSchema),
  /** The npm package whose versions are looked for; null while the built-in gateway is all that is wanted. */
  followed: z.string().nullable(),
  offer: offerSchema.nullable(),
  skipped: z.string().nullable(),
  checkedAt: z.number().nullable(),
  /** What became of the last check or change. */
  problem: problemSchema.nullable(),
})

export const updatesViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  app: appUpdateSchema,
  gateway: gatewayUpdateSchema,
  isChecking: z.boolean(),
  /** Looks by itself, once a day. */
  automatic: z.boolean(),
  channel: z.enum(appChannels),
})

/** Members that are to change; the others stay. */
export const updatesChangeSchema = z.strictObject({
  automatic: z.boolean().optional(),
  channel: z.enum(appChannels).optional(),
  /** An npm package name, checked by the host; null follows none. */
  followed: z.string().max(214).nullable().optional(),
})

/** What came of installing or switching a gateway. */
export const gatewayChangeResultSchema = z.object({
  /** The gateway that is used from now on. */
  id: z.string(),
  /** The one before. */
  from: z.string(),
  /** Seen well on the new one; false where the gateway was stopped and stays so. */
  healthy: z.boolean(),
})

export type AppChannel = (typeof appChannels)[number]
export type Offer = z.infer<typeof offerSchema>
export type AppUpdate = z.infer<typeof appUpdateSchema>
export type GatewayProgram = z.infer<typeof gatewayProgramSchema>
export type GatewayUpdate = z.infer<typeof gatewayUpdateSchema>
export type UpdatesView = z.infer<typeof updatesViewSchema>
export type UpdatesChange = z.infer<typeof updatesChangeSchema>
