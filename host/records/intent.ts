import { z } from 'zod'

/** What the owner asked for last. */
export const intentSchema = z.object({
  gateway: z.enum(['running', 'stopped']),
  /** Wall clock, ms since 1970. */
  at: z.number(),
})

export type Intent = z.infer<typeof intentSchema>
