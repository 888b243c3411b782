import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/** Worst last. */
export const findingLevels = ['ok', 'info', 'warn', 'critical'] as const

/**
 * What one check found. `code` names its texts in `shared/wording/` (`checks.finding.<code>.title`,
 * `.detail`, `.remedy`); `facts` are the evidence they use.
 */
export const findingSchema = z.object({
  code: z.string(),
  level: z.enum(findingLevels),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** `automatic`: this program can mend it by itself; `manual`: the remedy says how. Null where nothing is to do. */
  fix: z.enum(['automatic', 'manual']).nullable(),
  /** More evidence, each line a file, an address, a line of output; no secret. */
  evidence: z.array(z.string()),
})

/** What was mended, or why it could not be. */
export const mendedSchema = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  problem: problemSchema.nullable(),
})

export const checksReportSchema = z.object({
  kind: z.enum(['doctor', 'audit']),
  /** Wall clock, ms since 1970. */
  at: z.number(),
  durationMs: z.number(),
  /** The running gateway was asked too. */
  deep: z.boolean(),
  /** After mending, where that was asked for. In the order of the checks. */
  findings: z.array(findingSchema),
  mended: z.array(mendedSchema),
})

export const checksViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  isRunning: z.boolean(),
  /** The latest of each, or null while none was made in this run of the host. */
  doctor: checksReportSchema.nullable(),
  audit: checksReportSchema.nullable(),
})

/** `deep`: also what the running gateway lets in, as the audit asks it. */
export const doctorOrderSchema = z.strictObject({ deep: z.boolean(), fix: z.boolean() })
export const auditOrderSchema = z.strictObject({ deep: z.boolean(), fix: z.boolean() })

export type FindingLevel = (typeof findingLevels)[number]
export type Finding = z.infer<typeof findingSchema>
export type Mended = z.infer<typeof mendedSchema>
export type ChecksReport = z.infer<typeof checksReportSchema>
export type ChecksView = z.infer<typeof checksViewSchema>
export type DoctorOrder = z.infer<typeof doctorOrderSchema>
export type AuditOrder = z.infer<typeof auditOrderSchema>
