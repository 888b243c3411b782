import type { HostHandlers } from '../shared/host-api.ts'
import type { Problem } from '../shared/problem.ts'
import type { SecretStoreKind } from '../shared/secrets.ts'
import type { TimelineKind } from '../shared/timeline.ts'
import type { Supervised } from './backup/supervised.ts'
import { ChecksOwner, type ChecksOwnerParts } from './checks/checks-owner.ts'
import type { GatewayCommand } from './child/launch-gateway.ts'
import type { Clock } from './clock.ts'
import type { StatePaths } from './config/state-paths.ts'
import { ServiceOwner } from './gateway-service/service-owner.ts'
import type { HostPaths } from './host-paths.ts'
import type { JobBoard } from './jobs/job-board.ts'
import type { LoginItem } from './login-item/login-item.ts'
import { LoginItemOwner } from './login-item/login-item-owner.ts'
import type { ProcessTable } from './processes/process-table.ts'
import { Terminals } from './pty/terminals.ts'
import type { HostEvents } from './transports/host-events.ts'
import type { AppUpdater } from './updates/app-updater.ts'
import type { GatewayPrograms } from './updates/gateway-programs.ts'
import type { UpdateFigures } from './updates/update-figures.ts'
import { UpdatesOwner } from './updates/updates.ts'

interface TendingParts {
  readonly clock: Clock
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly hostPaths: HostPaths
  readonly statePaths: StatePaths
  /** A plain Node, never Electron's. */
  readonly nodePath: string
  /** Marks what this run of the host starts. */
  readonly nonce: string
  readonly jobs: JobBoard
  readonly gateway: Supervised
  /** The gateway that came with this program; `programs` may have chosen another. */
  readonly gatewayCommand: GatewayCommand
  readonly gatewayPortFlag: string | undefined
  readonly programs: GatewayPrograms
  /** What gateways said that ended since that moment (wall clock, ms). */
  lastLines(since: number): readonly string[]
  readonly appUpdater: AppUpdater
  /** See `UpdatesParts`. */
  readonly npmCliPath?: string
  readonly updateFigures?: UpdateFigures
  readonly loginItem: LoginItem
  readonly events: HostEvents
  /** For the checks. */
  readonly secrets: ChecksOwnerParts['secrets']
  readonly backups: ChecksOwnerParts['backups']
  readonly gatewayView: ChecksOwnerParts['gatewayView']
  readonly askHealth: ChecksOwnerParts['askHealth']
  /** The port of the gateway's next start. */
  gatewayPort(): Promise<number>
  /** What would keep a gateway from starting; also writes what a first start would. */
  checkConfig(): Promise<Problem | null>
  secretStore(): SecretStoreKind
  /** Secrets, which no terminal shows. */
  knownValues(): readonly string[]
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

type TendingCall = Extract<
  keyof HostHandlers,
  | `updates.${string}`
  | `loginItem.${string}`
  | `service.${string}`
  | `terminal.${string}`
  | `checks.${string}`
>

/** What of the host looks after the machine around the gateway: updates, start at login, service, terminal, checks. */
export interface Tending {
  readonly handlers: Pick<HostHandlers, TendingCall>
  readonly updates: UpdatesOwner
  readonly loginItem: LoginItemOwner
  readonly service: ServiceOwner
  readonly terminals: Terminals
  readonly checks: ChecksOwner
  /** Begins to look by itself for what is newer. */
  begin(): void
  close(): Promise<void>
}

export async function openTending(parts: TendingParts): Promise<Tending> {
  const { events } = parts
  const [updates, loginItem, service, terminals] = await Promise.all([
    UpdatesOwner.open({
      ...parts,
      app: parts.appUpdater,
      changed: (view) => events.emit('updates.changed', view),
    }),
    LoginItemOwner.open({
      ...parts,
      item: parts.loginItem,
      changed: (view) => events.emit('loginItem.changed', view),
    }),
    ServiceOwner.open({ ...parts, changed: (view) => events.emit('service.changed', view) }),
    Terminals.open({
      ...parts,
      changed: (view) => events.emit('terminals.changed', view),
      output: (client, piece) => events.emitTo(client, 'terminal.output', piece),
      ended: (client, end) => events.emitTo(client, 'terminal.ended', end),
    }),
  ])
  const checks = new ChecksOwner({
    ...parts,
    service,
    terminals,
    changed: (view) => events.emit('checks.changed', view),
  })
  return {
    updates,
    loginItem,
    service,
    terminals,
    checks,
    handlers: {
      'updates.check': () => updates.check(),
      'updates.change': (change) => updates.change(change),
      'updates.skip': ({ what, version }) => updates.skip(what, version),
      'updates.downloadApp': () => ({ jobId: updates.downloadApp() }),
      'updates.installApp': ({ when }) => updates.installApp(when),
      'updates.installGateway': ({ version }) => ({ jobId: updates.installGateway(version) }),
      'updates.useGateway': ({ id }) => ({ jobId: updates.useGateway(id) }),
      'updates.removeGateway': ({ id }) => updates.removeGateway(id),
      'loginItem.look': () => loginItem.look(),
      'loginItem.change': (change) => loginItem.change(change),
      'service.look': () => service.look(),
      'service.install': (change) => service.install(change),
      'service.uninstall': (change) => service.uninstall(change),
      'terminal.open': (size, caller) => terminals.start(size, caller),
      'terminal.write'({ id, data }, caller) {
        terminals.write(id, data, caller)
        return {}
      },
      'terminal.resize'({ id, ...size }, caller) {
        terminals.resize(id, size, caller)
        return {}
      },
      'terminal.ack'({ id, bytes }, caller) {
        terminals.acknowledge(id, bytes, caller)
        return {}
      },
      async 'terminal.close'({ id }, caller) {
        await terminals.stop(id, caller)
        return {}
      },
      'terminal.allowInBrowser': ({ allowed }) => terminals.allowInBrowser(allowed),
      'checks.doctor': (order) => checks.doctor(order),
      'checks.audit': (order) => checks.audit(order),
    },
    begin: () => updates.begin(),
    async close() {
      await Promise.all([updates.close(), terminals.close()])
    },
  }
}
