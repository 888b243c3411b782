import { z } from 'zod'

/**
 * Frames of the contract, one JSON text each: a line on the control socket, a message on the browser's
 * WebSocket. A caller may have many calls under way; the id pairs answers with them.
 */
export const requestFrameSchema = z.strictObject({
  id: z.number().int().nonnegative(),
  call: z.string().max(64),
  args: z.array(z.unknown()).max(4),
})

/** Asks for the events; none is sent before. Sent once, ahead of the snapshot. */
export const subscribeFrameSchema = z.strictObject({ subscribe: z.literal(true) })

export const clientFrameSchema = z.union([requestFrameSchema, subscribeFrameSchema])

export const hostFrameSchema = z.union([
  z.object({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({
    id: z.number().int(),
    ok: z.literal(false),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  z.object({ event: z.string(), payload: z.unknown() }),
])

export type HostFrame = z.infer<typeof hostFrameSchema>

/** Longest frame a client may send, in bytes: no call of the contract needs more. */
export const maxClientFrameBytes = 64 * 1024

/** Close code that tells a browser's page that it has no session: a fresh address is needed. */
export const closeSessionRequired = 4401
