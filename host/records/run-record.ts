import { z } from 'zod'

const identity = z.object({ pid: z.number().int().positive(), startTime: z.string().min(1) })

/** What a host leaves for the next one, so that it can prove which processes were this one's. */
export const runRecordSchema = z.object({
  bootId: z.string().min(1),
  uid: z.number().int().nonnegative(),
  host: identity,
  /** Value of the supervisor mark in the environment of everything this host started. */
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  gateway: identity.extend({ port: z.number().int() }).nullable(),
})

export type RunRecord = z.infer<typeof runRecordSchema>
