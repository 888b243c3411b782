import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/** The unit's name under systemd and the label under launchd, as the manual has them. */
export const serviceNames = { systemd: 'moltbot-gateway.service', launchd: 'bot.molt.gateway' } as const

/**
 * The gateway as a service of the operating system, which runs it also while no host does.
 * `edited`: the file is ours, but somebody changed it. `foreign`: another program's, e.g. Moltbot's own.
 * Neither is overwritten or removed unless that is asked for.
 */
export const serviceViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  /** Null where there is neither a systemd user session nor launchd; `problem` says so. */
  manager: z.enum(['systemd', 'launchd']).nullable(),
  unit: z.string(),
  path: z.string(),
  file: z.enum(['absent', 'ours', 'edited', 'foreign', 'unreadable']),
  /** Started with the session, or at boot where it lingers. Null where the manager does not answer. */
  enabled: z.boolean().nullable(),
  /** `unloaded`: the file is there, but the manager does not know it. */
  active: z.enum(['active', 'activating', 'inactive', 'failed', 'unloaded', 'unknown']),
  pid: z.number().int().nullable(),
  /** systemd: whether this user's services run without a login. Null elsewhere, and where it is not known. */
  linger: z.boolean().nullable(),
  problem: problemSchema.nullable(),
})

export const serviceChangeSchema = z.strictObject({
  /** Also over, or of, a file that is not ours or was edited; the former one is kept beside it. */
  replace: z.boolean().optional(),
})

export type ServiceView = z.infer<typeof serviceViewSchema>
export type ServiceChange = z.infer<typeof serviceChangeSchema>
export type ServiceManager = NonNullable<ServiceView['manager']>
