import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/**
 * What the supervisor knows of its gateway, as every surface sees it.
 *
 *            start                      ready                    3 misses
 *  stopped ────────► starting {stage} ────────► running ◄──────────────► degraded
 *     ▲                 │      ▲                   │     a reply            │
 *     │ exit 0          │      │ delay over        │ exit                   │ 15 s silent
 *     │                 ▼      │                   ▼                        ▼
 *     ├───────────── exit ─► backingOff ◄───────────────────────────── stopping {next}
 *     │                        │ 5 unready exits in 120 s                   │
 *     │                        ▼                                            │
 *     │   exit 78, port ──► failed                                          │
 *     └─────────────────────────────────────────────────────────────────────┘
 *  A requested stop leaves from every state; a requested start is instant from every resting state.
 *
 *  A gateway that is not our child is only watched; it is never signalled:
 *
 *  starting (port taken) ──► adopted          started by hand; gone: we start our own, where one is wanted
 *                       ├──► serviceManaged   by systemd or launchd; start and stop are asked of it
 *                       └──► foreign          another user's, or of another token: nothing to do but to say so
 */
const runningFields = {
  runId: z.string(),
  pid: z.number().int(),
  /** Wall clock, ms since 1970, at which the gateway first answered. */
  since: z.number(),
}

export const startingStages = ['checkingConfig', 'checkingPort', 'launching', 'waitingForHealth'] as const

/** How long a start takes by now: `slow` from 30 s, `stuck` (an action is offered) from 90 s. */
export const startingPaces = ['normal', 'slow', 'stuck'] as const

export const gatewayStateSchema = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('stopped'),
    /** `held`: while files are copied or swapped; it is started again by itself. */
    why: z.enum(['notStarted', 'requested', 'exitedByItself', 'held']),
    since: z.number(),
  }),
  z.object({
    name: z.literal('starting'),
    runId: z.string(),
    stage: z.enum(startingStages),
    pace: z.enum(startingPaces),
    pid: z.number().int().nullable(),
    since: z.number(),
  }),
  z.object({ name: z.literal('running'), ...runningFields }),
  z.object({ name: z.literal('degraded'), ...runningFields, why: problemSchema }),
  z.object({
    name: z.literal('stopping'),
    runId: z.string(),
    pid: z.number().int(),
    next: z.enum(['stay', 'start', 'backOff']),
    since: z.number(),
  }),
  z.object({
    name: z.literal('backingOff'),
    attempt: z.number().int(),
    /** Wall clock, ms since 1970, at which the next start is tried. */
    until: z.number(),
    cause: problemSchema,
  }),
  z.object({
    name: z.literal('failed'),
    problem: problemSchema,
    since: z.number(),
    /** The last lines the gateway wrote before it ended, oldest first, at most 50. */
    lastLines: z.array(z.string()),
  }),
  z.object({
    name: z.literal('adopted'),
    pid: z.number().int(),
    /** Wall clock, ms since 1970, at which it was first seen. */
    since: z.number(),
    /** As the process table names it. */
    program: z.string(),
    /** Why it is not well, or null. */
    unwell: problemSchema.nullable(),
  }),
  z.object({
    name: z.literal('serviceManaged'),
    manager: z.enum(['systemd', 'launchd']),
    unit: z.string(),
    phase: z.enum(['running', 'starting', 'stopping', 'stopped', 'failed']),
    /** Null while the service runs no process. */
    pid: z.number().int().nullable(),
    since: z.number(),
    unwell: problemSchema.nullable(),
  }),
  z.object({
    name: z.literal('foreign'),
    /** Null where only its owner may know it. */
    pid: z.number().int().nullable(),
    since: z.number(),
    program: z.string(),
    user: z.string(),
    problem: problemSchema,
  }),
])
