import { isDeepStrictEqual } from 'node:util'
import { type Problem, ProblemError } from '../../shared/problem.ts'
import type { Settings, SettingsChange, SettingsView } from '../../shared/settings.ts'
import { writeGatewayPort } from '../config/edit-config-file.ts'
import { type PortQuestion, viewGatewayPort } from './gateway-port-view.ts'
import { SettingsFile } from './settings-file.ts'

export interface SettingsParts extends PortQuestion {
  readonly path: string
  changed(view: SettingsView): void
}

/**
 * The owner's choices and the port of the gateway's next start. A choice holds at once; `view.problem`
 * says where it could not be kept, and the next change tries again.
 */
export class SettingsOwner {
  readonly #parts: SettingsParts
  readonly #file: SettingsFile
  #view: SettingsView
  #changes = 0
  #portWork: Promise<unknown> = Promise.resolve()
  #look: Promise<void> | null = null

  private constructor(parts: SettingsParts, file: SettingsFile, view: SettingsView) {
    this.#parts = parts
    this.#file = file
    this.#view = view
  }

  static async open(parts: SettingsParts): Promise<SettingsOwner> {
    const file = new SettingsFile(parts.path)
    const { settings, problem } = await file.read()
    const gatewayPort = await viewGatewayPort(parts)
    return new SettingsOwner(parts, file, { revision: 1, settings, gatewayPort, problem })
  }

  get view(): SettingsView {
    return this.#view
  }

  async change(change: SettingsChange): Promise<SettingsView> {
    const chosen = withoutUndefined(change)
    if (Object.keys(chosen).length === 0) return this.#view
    this.#become({ settings: { ...this.#view.settings, ...chosen } })
    this.#changes += 1
    const mine = this.#changes
    const problem = await this.#file.write(chosen)
    // A change that came meanwhile has its own write under way, which will be the newer word.
    if (mine === this.#changes) this.#become({ problem })
    return this.#view
  }

  /** One after the other, so that each edit begins with what the one before has written. */
  setGatewayPort(port: number | null): Promise<SettingsView> {
    return this.#oneByOne(async () => {
      const outcome = await writeGatewayPort(this.#parts, port)
      this.#become({ gatewayPort: await viewGatewayPort(this.#parts) })
      if (!outcome.ok) throw new ProblemError({ code: outcome.code, params: outcome.params } as Problem)
      return this.#view
    })
  }

  /**
   * Reads the configuration again: it may have been changed elsewhere. Who asks before a look has begun
   * shares it, so that no flood of questions makes a queue of them.
   */
  lookAtGatewayPort(): Promise<void> {
    this.#look ??= this.#oneByOne(async () => {
      this.#look = null
      this.#become({ gatewayPort: await viewGatewayPort(this.#parts) })
    })
    return this.#look
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await Promise.all([this.#portWork, this.#file.settled()])
  }

  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#portWork.then(work)
    this.#portWork = next.catch(() => {})
    return next
  }

  #become(change: Partial<SettingsView>): void {
    const next = { ...this.#view, ...change }
    if (isDeepStrictEqual(next, this.#view)) return
    this.#view = { ...next, revision: this.#view.revision + 1 }
    this.#parts.changed(this.#view)
  }
}

function withoutUndefined(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
