import { z } from 'zod'
import { jobResultSchema } from './backup-results.ts'
import { problemSchema } from './problem-schema.ts'

/** What a job is for; each has a title in `shared/wording/`. */
export const jobKinds = [
  'backup.create',
  'backup.verify',
  'backup.inspect',
  'backup.restore',
  'app.download',
  'gateway.install',
  'gateway.switch',
] as const

/** What a job is doing just now, in the order in which a job of any kind goes through them. */
export const jobSteps = [
  'waiting',
  'asking',
  'downloading',
  'installing',
  'listing',
  'copying',
  'settling',
  'packing',
  'verifying',
  'comparing',
  'extracting',
  'stopping',
  'swapping',
  'starting',
  'checkingHealth',
  'returning',
  'tidying',
] as const
export type JobStep = (typeof jobSteps)[number]

/**
 * Long work that every surface shows as a progress bar and may be left meanwhile.
 *
 *  running ──► done      `result` says what came of it
 *     │ ├────► failed    `problem` says why; nothing was lost
 *     │ └────► cancelled on request; as if it had not begun
 */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  step: z.enum(jobSteps),
  /** Bytes so far and in all; `total` is null while it is not known. Only ever rises within one step. */
  done: z.number(),
  total: z.number().nullable(),
  /** False at times, e.g. while files are swapped; asking then changes nothing. */
  cancellable: z.boolean(),
  /** Wall clock, ms since 1970. */
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** By the schedule, and not asked for by somebody. */
  scheduled: z.boolean(),
  problem: problemSchema.nullable(),
  result: jobResultSchema.nullable(),
})

export const jobsViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  /** Newest first: those that run, and the last 20 that ended. */
  jobs: z.array(jobSchema),
})

export type JobKind = (typeof jobKinds)[number]
export type Job = z.infer<typeof jobSchema>
export type JobsView = z.infer<typeof jobsViewSchema>
