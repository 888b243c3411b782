import { z } from 'zod'
import {
  backupCreateSchema,
  backupKeyChangeSchema,
  backupOpenSchema,
  backupsChangeSchema,
  backupsViewSchema,
} from './backups.ts'
import { gatewayStateSchema } from './gateway-state-schema.ts'
import { jobsViewSchema } from './jobs.ts'
import { logChunkSchema, logCursorSchema, logGrownSchema, maxChunkLines } from './log.ts'
import { metricSampleSchema } from './metrics.ts'
import { secretStoreKinds, secretsCheckSchema, secretsViewSchema } from './secrets.ts'
import { settingsChangeSchema, settingsViewSchema } from './settings.ts'
import { timelineEntrySchema } from './timeline.ts'

/**
 * The contract between the host and every surface: each call and each event once, with the schemas of
 * its arguments and result. Servers, clients and test doubles are derived from these two tables.
 * Commands go up; whole states with a revision number come down. Subscribe first, then take the
 * snapshot, and drop events that are not newer.
 */
export const gatewayViewSchema = z.object({
  /** Rises with each change; compare within one `hostRun` only. */
  revision: z.number().int(),
  state: gatewayStateSchema,
  port: z.number().int(),
  /** What the owner asked for last; survives restarts of the host. */
  intent: z.enum(['running', 'stopped']),
  /** Version the gateway reports, once it has answered. */
  version: z.string().nullable(),
  /** Unrequested ends since the host started. */
  crashes: z.number().int(),
})

export const hostInfoSchema = z.object({
  /** Names this run of the host; a new value means every revision starts again. */
  hostRun: z.string(),
  version: z.string(),
  pid: z.number().int(),
  startedAt: z.number(),
  platform: z.enum(['linux', 'darwin']),
  /** What the host runs in: the desktop application, or nothing but Node. */
  shell: z.enum(['desktop', 'headless']),
  stateDir: z.string(),
  configPath: z.string(),
  logPath: z.string(),
  hostDir: z.string(),
})

export const snapshotSchema = z.object({
  host: hostInfoSchema,
  gateway: gatewayViewSchema,
  settings: settingsViewSchema,
  secrets: secretsViewSchema,
  backups: backupsViewSchema,
  jobs: jobsViewSchema,
  /** Oldest first. */
  metrics: z.array(metricSampleSchema),
  /** Newest first, the latest 100. */
  timeline: z.array(timelineEntrySchema),
})

/** What the gateway itself says over its WebSocket protocol. */
export const gatewayHealthSchema = z.looseObject({
  ok: z.boolean(),
  ts: z.number(),
  durationMs: z.number(),
})

type Surface = 'window' | 'browser' | 'socket'
const everywhere: readonly Surface[] = ['window', 'browser', 'socket']
const none = z.tuple([])
/** Its shape is checked by the host, which answers with what is wrong and never with the value. */
const secret = z.strictObject({ name: z.string().max(256), value: z.string() })
const secretName = z.strictObject({ name: z.string().max(256) })
const passphrase = z.string().min(1).max(1024)
const startedJob = z.object({ jobId: z.string() })
const logLines = z.number().int().min(1).max(maxChunkLines)

export const hostCalls = {
  'host.snapshot': { surfaces: everywhere, args: none, result: snapshotSchema },
  /** A fresh one-time address of the browser interface; only who may open the control socket gets one. */
  'host.link': { surfaces: ['socket'], args: none, result: z.object({ url: z.string() }) },
  'gateway.start': { surfaces: everywhere, args: none, result: gatewayViewSchema },
  'gateway.stop': { surfaces: everywhere, args: none, result: gatewayViewSchema },
  'gateway.restart': { surfaces: everywhere, args: none, result: gatewayViewSchema },
  'gateway.health': { surfaces: everywhere, args: none, result: gatewayHealthSchema },
  'timeline.page': {
    surfaces: everywhere,
    args: z.tuple([z.object({ before: z.number().int(), limit: z.number().int().min(1).max(500) })]),
    result: z.object({ entries: z.array(timelineEntrySchema), more: z.boolean() }),
  },
  /** From `cursor` on; without one, the last `maxLines` of the log. */
  'logs.read': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ cursor: logCursorSchema.nullable(), maxLines: logLines })]),
    result: logChunkSchema,
  },
  /** The lines that end where `before` stands, in the same file. */
  'logs.earlier': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ before: logCursorSchema, maxLines: logLines })]),
    result: logChunkSchema,
  },
  'settings.change': {
    surfaces: everywhere,
    args: z.tuple([settingsChangeSchema]),
    result: settingsViewSchema,
  },
  /** Writes `gateway.port` into the configuration, or takes it out; in force at the gateway's next start. */
  'settings.setGatewayPort': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ port: z.number().int().min(1).max(65_535).nullable() })]),
    result: settingsViewSchema,
  },
  /** Asks the store again, and reads the configuration again. */
  'secrets.look': { surfaces: everywhere, args: none, result: secretsViewSchema },
  /** Values go in; no call gives one back. */
  'secrets.set': { surfaces: everywhere, args: z.tuple([secret]), result: secretsViewSchema },
  'secrets.delete': { surfaces: everywhere, args: z.tuple([secretName]), result: secretsViewSchema },
  /** Out of `.env` and into the store; read back from there before the line is taken out. */
  'secrets.move': { surfaces: everywhere, args: z.tuple([secretName]), result: secretsViewSchema },
  /** A fresh random token, in force at once: a running gateway is started again. */
  'secrets.rotateToken': { surfaces: everywhere, args: none, result: secretsViewSchema },
  /** Reads every secret again and says what is missing or cannot be read. */
  'secrets.check': { surfaces: everywhere, args: none, result: secretsCheckSchema },
  /** Where secrets are kept from now on; those in the former store are taken along. */
  'secrets.useStore': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ kind: z.enum(secretStoreKinds), passphrase: passphrase.optional() })]),
    result: secretsViewSchema,
  },
  /** Opens the sealed file for as long as this host runs. */
  'secrets.unlock': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ passphrase })]),
    result: secretsViewSchema,
  },
  /** Looks at the folder of the backups again. */
  'backups.look': { surfaces: everywhere, args: none, result: backupsViewSchema },
  'backups.create': { surfaces: everywhere, args: z.tuple([backupCreateSchema]), result: startedJob },
  /** Reads every byte of a backup and compares it with its manifest. */
  'backups.verify': { surfaces: everywhere, args: z.tuple([backupOpenSchema]), result: startedJob },
  /** What a restore would change; nothing is changed. */
  'backups.inspect': { surfaces: everywhere, args: z.tuple([backupOpenSchema]), result: startedJob },
  'backups.restore': { surfaces: everywhere, args: z.tuple([backupOpenSchema]), result: startedJob },
  /** Only a backup in the usual folder, by its name. */
  'backups.delete': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ name: z.string().max(256) })]),
    result: backupsViewSchema,
  },
  'backups.change': { surfaces: everywhere, args: z.tuple([backupsChangeSchema]), result: backupsViewSchema },
  'backups.useKey': {
    surfaces: everywhere,
    args: z.tuple([backupKeyChangeSchema]),
    result: backupsViewSchema,
  },
  /**
   * Writes the recovery sheet (0600) to a new file of this machine: the key itself crosses no transport.
   * `to`: absolute or beginning with `~/`; without it, into the home folder.
   */
  'backups.saveSheet': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ to: z.string().max(4096).optional() })]),
    result: z.object({ path: z.string() }),
  },
  'jobs.cancel': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ id: z.string().max(64) })]),
    result: jobsViewSchema,
  },
} as const satisfies Record<string, { surfaces: readonly Surface[]; args: z.ZodTuple; result: z.ZodType }>

export const hostEvents = {
  'gateway.changed': gatewayViewSchema,
  'metrics.sampled': metricSampleSchema,
  'timeline.appended': timelineEntrySchema,
  'settings.changed': settingsViewSchema,
  'logs.grew': logGrownSchema,
  'secrets.changed': secretsViewSchema,
  'backups.changed': backupsViewSchema,
  'jobs.changed': jobsViewSchema,
} as const satisfies Record<string, z.ZodType>

export type HostCall = keyof typeof hostCalls
export type HostEvent = keyof typeof hostEvents
export type CallArgs<C extends HostCall> = z.infer<(typeof hostCalls)[C]['args']>
export type CallResult<C extends HostCall> = z.infer<(typeof hostCalls)[C]['result']>
export type EventPayload<E extends HostEvent> = z.infer<(typeof hostEvents)[E]>

export type GatewayView = z.infer<typeof gatewayViewSchema>
export type HostInfo = z.infer<typeof hostInfoSchema>
export type Snapshot = z.infer<typeof snapshotSchema>
export type GatewayHealth = z.infer<typeof gatewayHealthSchema>
export type { Surface }

/** One function a call; a missing one is a compile error. */
export type HostHandlers = {
  [C in HostCall]: (...args: CallArgs<C>) => Promise<CallResult<C>> | CallResult<C>
}
