import { z } from 'zod'

const idSchema = z.string().max(300)

/** What `gateways.json` keeps. */
export const gatewayRecordSchema = z.object({
  /** `built-in`, or the id of an installed one. */
  active: idSchema,
  /**
   * A switch that was begun and not proved yet; `active` is `to` then. Who finds it at the start was cut off,
   * and takes it back: `from` is known to have been well.
   */
  pending: z.object({ from: idSchema, to: idSchema }).nullable(),
  /** In the order in which they were installed. */
  installed: z.array(
    z.object({
      package: z.string(),
      version: z.string(),
      /** Its script, below its folder. */
      entry: z.string(),
      installedAt: z.number(),
      bytes: z.number().nullable(),
    }),
  ),
})

export type GatewayRecord = z.infer<typeof gatewayRecordSchema>
export type InstalledProgram = GatewayRecord['installed'][number]

export const builtInId = 'built-in'
export const firstGatewayRecord: GatewayRecord = { active: builtInId, pending: null, installed: [] }
