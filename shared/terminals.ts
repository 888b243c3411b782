import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/** Terminals at once, for all surfaces together. */
export const maxTerminals = 8
/** Bytes of output that may be unacknowledged before the program behind it has to wait. */
export const terminalWindowBytes = 512 * 1024

const size = {
  cols: z.number().int().min(2).max(1000),
  rows: z.number().int().min(1).max(1000),
}
export const terminalOpenSchema = z.strictObject(size)
/** Longest text that is written at once, in UTF-16 units: as JSON it must fit into a frame of any client. */
export const maxTerminalWrite = 8 * 1024

export const terminalWriteSchema = z.strictObject({
  id: z.string().max(64),
  data: z.string().max(maxTerminalWrite),
})
export const terminalResizeSchema = z.strictObject({ id: z.string().max(64), ...size })
export const terminalAckSchema = z.strictObject({ id: z.string().max(64), bytes: z.number().int().min(0) })
export const terminalIdSchema = z.strictObject({ id: z.string().max(64) })

/** Goes only to the client that opened the terminal. */
export const terminalOutputSchema = z.object({
  id: z.string(),
  /** Rises by one with each piece of one terminal. */
  seq: z.number().int(),
  data: z.string(),
  /** UTF-8 bytes of `data`, to be acknowledged once shown. */
  bytes: z.number().int(),
})

export const terminalEndedSchema = z.object({
  id: z.string(),
  /** Null where a signal ended it. */
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  problem: problemSchema.nullable(),
})

export const terminalsViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  /** A page in a browser may open one. Changed from the window or the command line only. */
  inBrowser: z.boolean(),
  open: z.number().int(),
  /** Why no terminal can be opened on this machine, or null. */
  problem: problemSchema.nullable(),
})

export type TerminalsView = z.infer<typeof terminalsViewSchema>
export type TerminalOutput = z.infer<typeof terminalOutputSchema>
export type TerminalEnded = z.infer<typeof terminalEndedSchema>
