import { homedir } from 'node:os'
import { type ServiceChange, type ServiceView, serviceNames } from '../../shared/gateway-service.ts'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import type { SecretStoreKind } from '../../shared/secrets.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import type { Supervised } from '../backup/supervised.ts'
import type { GatewayCommand } from '../child/launch-gateway.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'
import { inTurn } from '../logs/in-turn.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { changeService, type ServiceGround } from './change-service.ts'
import { lookAtService } from './look-at-service.ts'
import { findServiceManager, servicePath } from './open-service-manager.ts'
import type { ServiceManager } from './service-manager.ts'

export interface ServiceOwnerParts {
  readonly clock: Clock
  readonly env: NodeJS.ProcessEnv
  readonly table: ProcessTable
  readonly statePaths: StatePaths
  readonly gateway: Supervised
  /** The gateway that came with this program. */
  readonly gatewayCommand: GatewayCommand
  readonly gatewayPortFlag: string | undefined
  readonly programs: { readonly command: GatewayCommand }
  /** The port of the gateway's next start. */
  gatewayPort(): Promise<number>
  /** What would keep a gateway from starting; also writes what a first start would. */
  checkConfig(): Promise<Problem | null>
  secretStore(): SecretStoreKind
  changed(view: ServiceView): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

/** The gateway as a service of the operating system: its file, its state, and the change from child to service. */
export class ServiceOwner {
  view: ServiceView
  readonly #parts: ServiceOwnerParts
  /** A look amid a change would show what is on its way to something else. */
  readonly #turn = inTurn()

  private constructor(parts: ServiceOwnerParts) {
    this.#parts = parts
    this.view = {
      revision: 0,
      manager: null,
      unit: process.platform === 'darwin' ? serviceNames.launchd : serviceNames.systemd,
      path: servicePath(parts.env, process.platform),
      file: 'absent',
      enabled: null,
      active: 'unknown',
      pid: null,
      linger: null,
      problem: null,
    }
  }

  /** The first look goes on by itself: no start of a host waits for a manager. */
  static async open(parts: ServiceOwnerParts): Promise<ServiceOwner> {
    const owner = new ServiceOwner(parts)
    void owner.look()
    return owner
  }

  look(): Promise<ServiceView> {
    return this.#turn(() => this.#look())
  }

  /** Throws a ProblemError where nothing was changed, or all was put back. */
  install({ replace = false }: ServiceChange): Promise<ServiceView> {
    return this.#change('install', replace)
  }

  /** Throws a ProblemError where nothing was changed. */
  uninstall({ replace = false }: ServiceChange): Promise<ServiceView> {
    return this.#change('uninstall', replace)
  }

  #change(action: 'install' | 'uninstall', replace: boolean): Promise<ServiceView> {
    return this.#turn(async () => {
      const found = findServiceManager(this.#parts.env, process.platform)
      if (!found.ok) throw new ProblemError(found)
      const refused = await changeService[action](this.#ground(found.manager), replace)
      const view = await this.#look()
      if (refused) throw new ProblemError(refused)
      const kind = action === 'install' ? 'serviceInstalled' : 'serviceRemoved'
      this.#parts.note(kind, null, { path: view.path })
      return view
    })
  }

  #ground(manager: ServiceManager): ServiceGround {
    return { ...this.#parts, manager, home: this.#parts.env.HOME || homedir(), path: manager.path }
  }

  async #look(): Promise<ServiceView> {
    const seen = await lookAtService(this.#parts.env)
    return this.#say({ ...seen, problem: seen.problem ?? this.#atBoot(seen) })
  }

  #atBoot({ file, linger }: Pick<ServiceView, 'file' | 'linger'>): Problem | null {
    const isSoon = file === 'ours' && linger === true
    return isSoon && this.#parts.secretStore() === 'keychain' ? problem('SERVICE_KEYCHAIN_AT_BOOT', {}) : null
  }

  #say(seen: Omit<ServiceView, 'revision'>): ServiceView {
    const { revision, ...shown } = this.view
    if (JSON.stringify(seen) === JSON.stringify(shown)) return this.view
    this.view = { revision: revision + 1, ...seen }
    this.#parts.changed(this.view)
    return this.view
  }
}
