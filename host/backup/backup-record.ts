import { z } from 'zod'
import { scheduleTimePattern } from '../../shared/backups.ts'
import { problemSchema } from '../../shared/problem-schema.ts'

/** What the owner chose for backups, and what is remembered of them. */
export const backupRecordSchema = z.object({
  /** Null: the default folder. */
  folder: z.string().nullable(),
  enabled: z.boolean(),
  at: z.string().regex(scheduleTimePattern),
  keep: z.number().int().min(1),
  /** As in `ScheduleMemory`. */
  since: z.number(),
  lastSlot: z.number().nullable(),
  key: z.discriminatedUnion('mode', [
    z.object({
      mode: z.literal('key'),
      /** Null until the first backup makes the key. */
      recipient: z.string().nullable(),
      sheetSavedAt: z.number().nullable(),
    }),
    z.object({ mode: z.literal('passphrase') }),
    z.object({ mode: z.literal('recipients'), recipients: z.array(z.string()) }),
  ]),
  last: z.object({ at: z.number(), problem: problemSchema.nullable(), scheduled: z.boolean() }).nullable(),
  lastDoneAt: z.number().nullable(),
  /** Paths of the backups that this host made, in the order in which it did, whatever the clock said. */
  made: z.array(z.string()),
  /** Files that were read back whole: as they were then, and when. */
  verified: z.record(z.string(), z.object({ bytes: z.number(), mtimeMs: z.number(), at: z.number() })),
})

export type BackupRecord = z.infer<typeof backupRecordSchema>

export function firstBackupRecord(now: number): BackupRecord {
  return {
    folder: null,
    enabled: true,
    at: '03:30',
    keep: 7,
    since: now,
    lastSlot: null,
    key: { mode: 'key', recipient: null, sheetSavedAt: null },
    last: null,
    lastDoneAt: null,
    made: [],
    verified: {},
  }
}
