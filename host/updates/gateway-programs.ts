import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import type { GatewayProgram } from '../../shared/updates.ts'
import { version } from '../../shared/version.ts'
import type { GatewayCommand } from '../child/launch-gateway.ts'
import type { HostPaths } from '../host-paths.ts'
import { RecordFile } from '../records/record-file.ts'
import {
  builtInId,
  firstGatewayRecord,
  type GatewayRecord,
  gatewayRecordSchema,
  type InstalledProgram,
} from './gateway-record.ts'
import { compareVersions } from './gateway-version.ts'
import { findProgram } from './installed-program.ts'
import { folderName, gatewayId } from './package-name.ts'

interface GatewayProgramsParts {
  readonly hostPaths: Pick<HostPaths, 'gatewaysPath' | 'gatewaysDir'>
  readonly nodePath: string
  readonly builtIn: GatewayCommand
}

const builtIn: GatewayProgram = {
  id: builtInId,
  kind: 'builtIn',
  package: null,
  version,
  installedAt: null,
  bytes: null,
}

/**
 * Which gateways are installed, and which of them the next start takes. The built-in one stands in for one
 * whose files are gone or damaged, and `problem` says so.
 *
 *  settled {active} ──beginSwitch──► pending {from, to} ──settleSwitch──► settled {to}
 *                                      └── undoSwitch, or the next open ──► settled {from}
 */
export class GatewayPrograms {
  readonly #parts: GatewayProgramsParts
  readonly #file: RecordFile<GatewayRecord>
  #record: GatewayRecord
  /** What became of the last change before this host, or is wrong with the files. */
  #problem: Problem | null
  /** The built-in one stands in for them until somebody switches to them again. */
  readonly #unusable = new Set<string>()

  private constructor(parts: GatewayProgramsParts, record: GatewayRecord, found: Problem | null) {
    this.#parts = parts
    this.#file = new RecordFile(parts.hostPaths.gatewaysPath, gatewayRecordSchema)
    this.#record = record
    this.#problem = found
  }

  /** Never fails: a host without its list of gateways has the built-in one. */
  static async open(parts: GatewayProgramsParts): Promise<GatewayPrograms> {
    const file = new RecordFile(parts.hostPaths.gatewaysPath, gatewayRecordSchema)
    const found = await file.read().catch((error: Error) => ({
      kind: 'setAside' as const,
      keptAt: parts.hostPaths.gatewaysPath,
      detail: error.message,
    }))
    if (found.kind === 'absent') return new GatewayPrograms(parts, firstGatewayRecord, null)
    if (found.kind === 'setAside') {
      const { keptAt, detail } = found
      const damage = problem('SETTINGS_SET_ASIDE', { keptAt, detail })
      return new GatewayPrograms(parts, firstGatewayRecord, damage)
    }
    const programs = new GatewayPrograms(parts, found.value, null)
    await programs.#takeBackUnproven()
    await programs.#lookAtActive()
    return programs
  }

  /** The program that the next start takes. */
  get command(): GatewayCommand {
    const program = this.#installed(this.#record.active)
    if (program === null || !this.#isUsable(program)) return this.#parts.builtIn
    return {
      file: this.#parts.nodePath,
      args: [join(this.#folder(program), program.entry), 'gateway'],
      kind: 'package',
    }
  }

  get active(): GatewayProgram {
    const program = this.#installed(this.#record.active)
    return program === null || !this.#isUsable(program) ? builtIn : viewOf(program)
  }

  /** The built-in one first, then by package, the newest first. */
  get installed(): GatewayProgram[] {
    const newestFirst = this.#record.installed.toSorted(
      (one, other) => one.package.localeCompare(other.package) || compareVersions(other.version, one.version),
    )
    return [builtIn, ...newestFirst.map(viewOf)]
  }

  get problem(): Problem | null {
    return this.#problem
  }

  /** Neither removed nor replaced while this is so. */
  isInUse(id: string): boolean {
    const { active, pending } = this.#record
    return id === builtInId || id === active || id === pending?.from
  }

  /** Null where it can be switched to, else why not. Reads its files. */
  async whyUnusable(id: string): Promise<Problem | null> {
    if (id === builtInId) return null
    const program = this.#installed(id)
    if (program === null) return problem('GATEWAY_NOT_INSTALLED', { id })
    const found = await findProgram(this.#folder(program), program.package, program.version)
    return found.ok && found.entry === program.entry ? null : problem('GATEWAY_NOT_INSTALLED', { id })
  }

  /** Its files lie in their place already. */
  async add(program: InstalledProgram): Promise<void> {
    const id = gatewayId(program.package, program.version)
    await this.#write({ ...this.#record, installed: [...this.#without(id), program] })
  }

  async remove(id: string): Promise<void> {
    await this.#write({ ...this.#record, installed: this.#without(id) })
  }

  /** The next start takes `to`, and a host that opens before the switch is settled takes it back. */
  async beginSwitch(to: string): Promise<void> {
    const from = this.active.id
    await this.#write({ ...this.#record, active: to, pending: { from, to } })
    this.#unusable.delete(to)
    this.#problem = null
  }

  /** `to` was seen well, or is not to be started now. */
  async settleSwitch(): Promise<void> {
    // In force whether or not a full disk lets it be written; the next open would take it back then.
    await this.#end(this.#record.active)
  }

  async undoSwitch(): Promise<void> {
    const { pending } = this.#record
    // The next open would come to the same.
    if (pending) await this.#end(pending.from)
  }

  async #end(active: string): Promise<void> {
    this.#record = { ...this.#record, active, pending: null }
    await this.#file.write(this.#record).catch(() => {})
  }

  folderOf(id: string): string {
    return join(this.#parts.hostPaths.gatewaysDir, folderName(id))
  }

  async #takeBackUnproven(): Promise<void> {
    const { pending } = this.#record
    if (!pending) return
    await this.undoSwitch()
    const detail = 'the switch was cut off before the new one was seen well'
    this.#problem = problem('GATEWAY_UPDATE_UNDONE', { ...pending, detail })
  }

  async #lookAtActive(): Promise<void> {
    const { active } = this.#record
    const unusable = await this.whyUnusable(active)
    if (!unusable) return
    this.#unusable.add(active)
    this.#problem ??= unusable
  }

  #isUsable(program: InstalledProgram): boolean {
    const id = gatewayId(program.package, program.version)
    if (this.#unusable.has(id)) return false
    if (existsSync(join(this.#folder(program), program.entry))) return true
    this.#unusable.add(id)
    this.#problem = problem('GATEWAY_NOT_INSTALLED', { id })
    return false
  }

  #installed(id: string): InstalledProgram | null {
    return this.#record.installed.find((one) => gatewayId(one.package, one.version) === id) ?? null
  }

  #without(id: string): InstalledProgram[] {
    return this.#record.installed.filter((one) => gatewayId(one.package, one.version) !== id)
  }

  #folder(program: InstalledProgram): string {
    return this.folderOf(gatewayId(program.package, program.version))
  }

  /** What could not be kept is not in force either. */
  async #write(record: GatewayRecord): Promise<void> {
    await this.#file.write(record)
    this.#record = record
  }
}

function viewOf({ package: name, version, installedAt, bytes }: InstalledProgram): GatewayProgram {
  return { id: gatewayId(name, version), kind: 'package', package: name, version, installedAt, bytes }
}
