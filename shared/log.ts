import { z } from 'zod'

/** Gravest first. */
export const writtenLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type WrittenLevel = (typeof writtenLevels)[number]

/** One line of the gateway's log, as far as a surface shows it. */
export const logLineSchema = z.object({
  /** Where the line begins in its file, in bytes; with the chunk's `inode` it names the line. */
  offset: z.number().int(),
  /** Length in the file, without the line feed. */
  bytes: z.number().int(),
  /** ms since 1970; null where the line is no record of ours. */
  time: z.number().nullable(),
  level: z.enum(writtenLevels).nullable(),
  subsystem: z.string().nullable(),
  /** Message and facts, or the raw line. Control characters are as in the file: escape before showing. */
  text: z.string(),
  /** Bytes of the line that are not in `text`, because it is too long; 0 for a whole line. */
  cutBytes: z.number().int(),
})
export type LogLine = z.infer<typeof logLineSchema>

/** A place in the log: it stays good when the file is renamed by a rotation. */
export const logCursorSchema = z.strictObject({
  inode: z.number().int().nonnegative(),
  offset: z.number().int().nonnegative(),
})
export type LogCursor = z.infer<typeof logCursorSchema>

export const maxChunkLines = 5_000

export const logChunkSchema = z.object({
  /** The file the lines are from; where there is none yet, the one that will be. */
  path: z.string(),
  /** 0 where there is no file. */
  inode: z.number().int(),
  /** Oldest first, all of one file. */
  lines: z.array(logLineSchema),
  /** Begin of the first line: `logs.earlier` goes on from there. */
  first: logCursorSchema,
  /** End of what was read: the next `logs.read` goes on from there. */
  next: logCursorSchema,
  /** There is more to read in the direction of the call right now. */
  more: z.boolean(),
  /** Bytes between the asked cursor and the first line that were passed over: the reader was too far behind. */
  skippedBytes: z.number().int(),
  /** The file the cursor belongs to was emptied, or is gone; the lines begin anew in the current one. */
  restarted: z.boolean(),
  /** Why the file cannot be read (an error code or words of ours), else null. */
  trouble: z.string().nullable(),
})
export type LogChunk = z.infer<typeof logChunkSchema>

/** Said at most ten times a second while the log grows or moves to another file. */
export const logGrownSchema = z.object({ path: z.string(), bytes: z.number().int() })
export type LogGrown = z.infer<typeof logGrownSchema>
