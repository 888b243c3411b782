import { z } from 'zod'
import {
  backupCreateSchema,
  backupKeyChangeSchema,
  backupOpenSchema,
  backupsChangeSchema,
  backupsViewSchema,
} from './backups.ts'
import { auditOrderSchema, checksReportSchema, checksViewSchema, doctorOrderSchema } from './checks.ts'
import { gatewayCallSchema } from './gateway-call.ts'
import { serviceChangeSchema, serviceViewSchema } from './gateway-service.ts'
import { gatewayStateSchema } from './gateway-state-schema.ts'
import { jobsViewSchema } from './jobs.ts'
import { logChunkSchema, logCursorSchema, logGrownSchema, maxChunkLines } from './log.ts'
import { loginItemChangeSchema, loginItemViewSchema } from './login-item.ts'
import { metricSampleSchema } from './metrics.ts'
import { secretStoreKinds, secretsCheckSchema, secretsViewSchema } from './secrets.ts'
import { settingsChangeSchema, settingsViewSchema } from './settings.ts'
import {
  terminalAckSchema,
  terminalEndedSchema,
  terminalIdSchema,
  terminalOpenSchema,
  terminalOutputSchema,
  terminalResizeSchema,
  terminalsViewSchema,
  terminalWriteSchema,
} from './terminals.ts'
import { timelineEntrySchema } from './timeline.ts'
import { updatesChangeSchema, updatesViewSchema } from './updates.ts'

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
  updates: updatesViewSchema,
  loginItem: loginItemViewSchema,
  service: serviceViewSchema,
  terminals: terminalsViewSchema,
  checks: checksViewSchema,
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
const versionText = z.string().min(1).max(64)
const gatewayId = z.strictObject({ id: z.string().max(256) })
const nothing = z.object({})
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
  /**
   * Calls any method of the gateway's protocol with the owner's token, and gives its answer, with known secrets
   * masked. Only for the command line: what a page may do has a call of its own.
   */
  'gateway.call': {
    surfaces: ['socket'],
    args: z.tuple([gatewayCallSchema]),
    result: z.object({ payload: z.unknown() }),
  },
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
  /** Asks feed and registry now; resolves when both have answered or were given up. */
  'updates.check': { surfaces: everywhere, args: none, result: updatesViewSchema },
  'updates.change': { surfaces: everywhere, args: z.tuple([updatesChangeSchema]), result: updatesViewSchema },
  /** Not told again; null tells again. */
  'updates.skip': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ what: z.enum(['app', 'gateway']), version: versionText.nullable() })]),
    result: updatesViewSchema,
  },
  'updates.downloadApp': { surfaces: everywhere, args: none, result: startedJob },
  /** `now`: the gateway is stopped, the app leaves, and the new one opens. */
  'updates.installApp': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ when: z.enum(['now', 'onQuit', 'notOnQuit']) })]),
    result: updatesViewSchema,
  },
  /** Installs a version of the followed package beside the present one, switches, and goes back if it is not well. */
  'updates.installGateway': {
    surfaces: everywhere,
    args: z.tuple([z.strictObject({ version: versionText })]),
    result: startedJob,
  },
  /** Switches to a gateway that is installed, by its id; also back to an older one. */
  'updates.useGateway': { surfaces: everywhere, args: z.tuple([gatewayId]), result: startedJob },
  /** Removes an installed gateway that is not in use. */
  'updates.removeGateway': { surfaces: everywhere, args: z.tuple([gatewayId]), result: updatesViewSchema },
  'loginItem.look': { surfaces: everywhere, args: none, result: loginItemViewSchema },
  'loginItem.change': {
    surfaces: everywhere,
    args: z.tuple([loginItemChangeSchema]),
    result: loginItemViewSchema,
  },
  'service.look': { surfaces: everywhere, args: none, result: serviceViewSchema },
  /** A gateway that is our child is stopped first; from then on the service runs it. */
  'service.install': {
    surfaces: everywhere,
    args: z.tuple([serviceChangeSchema]),
    result: serviceViewSchema,
  },
  /** Our own gateway is started again where the owner wants one running. */
  'service.uninstall': {
    surfaces: everywhere,
    args: z.tuple([serviceChangeSchema]),
    result: serviceViewSchema,
  },
  /** Refused over the browser unless that was allowed. Output goes to who opened it, and ends with its client. */
  'terminal.open': { surfaces: everywhere, args: z.tuple([terminalOpenSchema]), result: terminalIdSchema },
  'terminal.write': { surfaces: everywhere, args: z.tuple([terminalWriteSchema]), result: nothing },
  'terminal.resize': { surfaces: everywhere, args: z.tuple([terminalResizeSchema]), result: nothing },
  /** So many bytes of its output were shown; without it the program behind it has to wait. */
  'terminal.ack': { surfaces: everywhere, args: z.tuple([terminalAckSchema]), result: nothing },
  'terminal.close': { surfaces: everywhere, args: z.tuple([terminalIdSchema]), result: nothing },
  /** Never from the browser itself. */
  'terminal.allowInBrowser': {
    surfaces: ['window', 'socket'],
    args: z.tuple([z.strictObject({ allowed: z.boolean() })]),
    result: terminalsViewSchema,
  },
  'checks.doctor': { surfaces: everywhere, args: z.tuple([doctorOrderSchema]), result: checksReportSchema },
  'checks.audit': { surfaces: everywhere, args: z.tuple([auditOrderSchema]), result: checksReportSchema },
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
  'updates.changed': updatesViewSchema,
  'loginItem.changed': loginItemViewSchema,
  'service.changed': serviceViewSchema,
  'terminals.changed': terminalsViewSchema,
  'checks.changed': checksViewSchema,
  'terminal.output': terminalOutputSchema,
  'terminal.ended': terminalEndedSchema,
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

/** Who makes a call: one connection of one surface. */
export interface Caller {
  readonly surface: Surface
  /** Unlike that of any other connection; names it where an event is for nobody else. */
  readonly client: string
  isGone(): boolean
  /** Calls `act` once the connection has ended, at once where it has already. */
  whenGone(act: () => void): void
}

/** One function a call; a missing one is a compile error. Whoever carries the call says who makes it. */
export type HostHandlers = {
  [C in HostCall]: (...args: [...CallArgs<C>, caller?: Caller]) => Promise<CallResult<C>> | CallResult<C>
}
