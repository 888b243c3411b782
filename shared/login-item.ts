import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/**
 * Whether this program is opened when its owner logs in, read back from the operating system each time.
 * `foreign`: an entry of our name that we did not write, or that somebody edited; it is replaced only when
 * that is asked for. `needsApproval`: macOS waits for the owner's consent in System Settings.
 */
export const loginItemViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  state: z.enum(['on', 'off', 'foreign', 'needsApproval', 'unsupported']),
  /** What is opened: the desktop application, or the host without a window. */
  opens: z.enum(['app', 'host']),
  /** The entry's file; null where the operating system keeps it elsewhere. */
  path: z.string().nullable(),
  problem: problemSchema.nullable(),
})

export const loginItemChangeSchema = z.strictObject({
  on: z.boolean(),
  /** Also over an entry that is not ours; the former one is kept beside it. */
  replace: z.boolean().optional(),
})

export type LoginItemView = z.infer<typeof loginItemViewSchema>
export type LoginItemChange = z.infer<typeof loginItemChangeSchema>
