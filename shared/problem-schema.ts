import { z } from 'zod'
import type { Problem } from './problem.ts'

/**
 * Checks the shape only: a surface may be older than its host, and a code it has no wording for is
 * better shown bare than refused with the whole message around it.
 */
export const problemSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
}) as unknown as z.ZodType<Problem>
