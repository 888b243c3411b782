import { z } from 'zod'
import { scopes } from './protocol/scopes.ts'

/** As JSON; no gateway takes a longer frame. */
const maxParamsChars = 512 * 1024

/** One method of the gateway's protocol, called for the command line. */
export const gatewayCallSchema = z.strictObject({
  method: z.string().min(1).max(128),
  params: z.unknown().refine((value) => (JSON.stringify(value) ?? '').length <= maxParamsChars, {
    message: `longer than ${maxParamsChars} characters`,
  }),
  /** No more than the method needs. */
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  timeoutMs: z.number().int().min(1).max(3_600_000),
})
