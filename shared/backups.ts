import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/** `moltbot-YYYYMMDD-HHMMSS.tar.gz.age`, local time. */
export const backupNamePattern = /^moltbot-\d{8}-\d{6}\.tar\.gz\.age$/
/** `HH:MM`, local time. */
export const scheduleTimePattern = /^(?:[01]\d|2[0-3]):[0-5]\d$/
/** A daily backup that is older than this is said to be overdue. */
export const overdueAfterMs = 36 * 3_600_000

export const backupFileSchema = z.object({
  name: z.string(),
  path: z.string(),
  bytes: z.number(),
  /** From its name; wall clock, ms since 1970. */
  createdAt: z.number(),
  /** When it was last read back whole and found right, here. Null: never, or it changed since. */
  verifiedAt: z.number().nullable(),
})

/** What backups are encrypted for. */
export const backupKeyModes = [
  /** A key of our own that this machine keeps, so that it can also read them. */
  'key',
  /** A passphrase of the owner's, kept for the schedule. */
  'passphrase',
  /** The owner's own age recipients: this machine cannot read what it makes. */
  'recipients',
] as const
export type BackupKeyMode = (typeof backupKeyModes)[number]

export const backupKeySchema = z.object({
  mode: z.enum(backupKeyModes),
  /** `age1…`; empty for a passphrase, and before the first backup. Public. */
  recipients: z.array(z.string()),
  /** Where the secret half is: the secrets' store, or a 0600 file where that is `.env`. Null: not here. */
  keptIn: z.enum(['keychain', 'sealedFile', 'keyFile']).nullable(),
  /** When a recovery sheet for this key was saved; null: never, so a lost machine means lost backups. */
  sheetSavedAt: z.number().nullable(),
})

export const keptStateSchema = z.object({
  path: z.string(),
  /** When a restore put it aside. */
  at: z.number(),
})

export const backupsViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  /** What became of the owner's choices where their file could not be read: they count as not made. */
  choicesProblem: problemSchema.nullable(),
  folder: z.string(),
  /** Why the folder cannot be used now: missing, read-only, unplugged. */
  folderProblem: problemSchema.nullable(),
  /** Newest first. */
  files: z.array(backupFileSchema),
  key: backupKeySchema,
  schedule: z.object({
    enabled: z.boolean(),
    at: z.string(),
    /** How many backups are kept in the folder; older ones are deleted after a new one was made. */
    keep: z.number().int(),
    /** Wall clock of the next one; null where it is off. */
    nextAt: z.number().nullable(),
    /** Since when one has been due without coming about; null where all is well. */
    overdueSince: z.number().nullable(),
  }),
  /** How the last one ended, whoever asked for it. */
  last: z.object({ at: z.number(), problem: problemSchema.nullable(), scheduled: z.boolean() }).nullable(),
  /** States that restores put aside, newest first. */
  keptStates: z.array(keptStateSchema),
})

/** Members that are to change; the others stay. */
export const backupsChangeSchema = z.strictObject({
  /** Absolute, or beginning with `~/`. Null: the default. */
  folder: z.string().max(4096).nullable().optional(),
  enabled: z.boolean().optional(),
  at: z.string().regex(scheduleTimePattern).optional(),
  keep: z.number().int().min(1).max(365).optional(),
})

const passphrase = z.string().min(1).max(1024)
/** What opens a backup; without either, what this machine keeps. */
export const openingSchema = {
  /** The text of an age identity file, for instance of a recovery sheet. */
  identity: z.string().max(32_768).optional(),
  passphrase: passphrase.optional(),
}

export const backupCreateSchema = z.strictObject({
  /** Another folder than the usual one, which must exist; nothing older is deleted there. */
  to: z.string().max(4096).optional(),
  /** Encrypted for these instead of the usual key. */
  recipients: z.array(z.string().max(4096)).max(20).optional(),
  passphrase: passphrase.optional(),
})
/** `file`: an absolute path, or the name of one in the usual folder. */
export const backupOpenSchema = z.strictObject({ file: z.string().max(4096), ...openingSchema })
export const backupKeyChangeSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('key') }),
  z.strictObject({ mode: z.literal('passphrase'), passphrase }),
  z.strictObject({ mode: z.literal('recipients'), recipients: z.array(z.string().max(4096)).min(1).max(20) }),
])

export type BackupFile = z.infer<typeof backupFileSchema>
export type BackupKeyView = z.infer<typeof backupKeySchema>
export type BackupsView = z.infer<typeof backupsViewSchema>
export type BackupsChange = z.infer<typeof backupsChangeSchema>
export type BackupCreate = z.infer<typeof backupCreateSchema>
export type BackupOpen = z.infer<typeof backupOpenSchema>
export type BackupKeyChange = z.infer<typeof backupKeyChangeSchema>
