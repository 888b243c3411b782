import { z } from 'zod'
import { gatewayChangeResultSchema } from './updates.ts'

/** A file that a backup left out, or would have had to, and why. */
export const skippedFileSchema = z.object({
  /** Relative to the state folder, with `/`. */
  path: z.string(),
  why: z.enum(['link', 'notAFile', 'unreadable', 'vanished', 'name']),
})

/** How the copies in a backup belong together. */
export const consistencies = [
  /** Nothing was written while they were taken. */
  'quiet',
  /** The gateway was paused while the last of them were taken. */
  'paused',
  /** A gateway that is not ours kept writing: each file is whole, but they may be of different moments. */
  'moving',
] as const

/** What a backup says of itself, read from its manifest; a backup of the manual's script says less. */
const aboutSchema = {
  /** `moltbot`: made by this program. `plainTar`: a `.tar.gz` such as the manual's script makes. */
  format: z.enum(['moltbot', 'plainTar']),
  createdAt: z.number().nullable(),
  madeBy: z.string().nullable(),
  machine: z.string().nullable(),
  files: z.number().int(),
  bytes: z.number(),
  consistency: z.enum(consistencies).nullable(),
  /** Names of the secrets in it. */
  secrets: z.array(z.string()),
}

/** What restoring would do, found by reading all of the backup and all of the present state. */
export const restorePreviewSchema = z.object({
  ...aboutSchema,
  file: z.string(),
  stateDir: z.string(),
  added: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  /** Files that there are now and the backup does not have; they go to the kept state. */
  removed: z.number().int(),
  /** A few of each, for the eye; `+`, `~` and `-` with the path. */
  examples: z.array(z.object({ change: z.enum(['added', 'changed', 'removed']), path: z.string() })),
  /** Names that this machine lacks and would be given. Those it has stay as they are. */
  secretsToSet: z.array(z.string()),
  /** WhatsApp keys in it are older than those in use: the link may have to be made again. */
  mayNeedRelink: z.boolean(),
  /** The gateway would be stopped and started again. */
  stopsGateway: z.boolean(),
})

export const jobResultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup.create'),
    path: z.string(),
    fileBytes: z.number(),
    files: z.number().int(),
    bytes: z.number(),
    consistency: z.enum(consistencies),
    /** How long the gateway was stopped for it; 0 where it was not. */
    pausedMs: z.number(),
    skipped: z.array(skippedFileSchema),
    /** Older backups that were deleted because enough newer ones are kept. */
    deleted: z.array(z.string()),
    /** Read back whole and found right; false where the key to read it is not on this machine. */
    verified: z.boolean(),
  }),
  z.object({ kind: z.literal('backup.verify'), file: z.string(), ...aboutSchema }),
  z.object({ kind: z.literal('backup.inspect'), preview: restorePreviewSchema }),
  z.object({
    kind: z.literal('backup.restore'),
    file: z.string(),
    files: z.number().int(),
    /** Where the state from before lies. */
    keptAt: z.string(),
    secretsSet: z.array(z.string()),
    /** Seen well after the restore; false where the gateway was stopped and stays so. */
    healthy: z.boolean(),
  }),
  z.object({ kind: z.literal('app.download'), version: z.string(), bytes: z.number() }),
  z.object({ kind: z.literal('gateway.install'), ...gatewayChangeResultSchema.shape }),
  z.object({ kind: z.literal('gateway.switch'), ...gatewayChangeResultSchema.shape }),
])

export type SkippedFile = z.infer<typeof skippedFileSchema>
export type Consistency = (typeof consistencies)[number]
export type RestorePreview = z.infer<typeof restorePreviewSchema>
export type JobResult = z.infer<typeof jobResultSchema>
